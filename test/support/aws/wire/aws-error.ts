/** An answer that says no. The HTTP status is that of the service's own schema for the type. */
export class AwsError extends Error {
  /** As the service names it: `ResourceNotFoundException`. */
  readonly type: string;
  /** Further members of the error. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.type = type;
    this.members = members;
  }
}
