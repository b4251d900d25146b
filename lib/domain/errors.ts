/** What was thrown, in words; anything can be thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** What was asked for cannot be done as asked: the caller has to change the request. */
export class RequestRejectedError extends Error {
  override readonly name = 'RequestRejectedError';
  readonly reason: RejectionReason;

  constructor(reason: RejectionReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type RejectionReason = 'not-found' | 'invalid' | 'conflict' | 'forbidden';

/** A service outside (or the machine below) failed or answered something unusable. */
export class UpstreamError extends Error {
  /** The history of a run keeps name and message of an error: the name says whether to try again. */
  override readonly name: 'UpstreamError' | 'FinalUpstreamError';
  readonly service: string;
  /** HTTP status where there was one. */
  readonly status: number | undefined;
  readonly retryable: boolean;

  constructor(
    message: string,
    details: { service: string; status?: number; retryable: boolean; cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.name = details.retryable ? 'UpstreamError' : 'FinalUpstreamError';
    this.service = details.service;
    this.status = details.status;
    this.retryable = details.retryable;
  }
}

/** The configuration is wrong. Every problem is listed, none shows a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

const ownErrorNames: ReadonlySet<string> = new Set([
  'RequestRejectedError',
  'UpstreamError',
  'FinalUpstreamError',
  'ConfigError',
]);

/** Whether an error of this name is one of ours, whose message was written to be shown. */
export function isOwnErrorName(name: string): boolean {
  return ownErrorNames.has(name);
}
