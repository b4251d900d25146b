/** The host cannot start, and the person who started it can change that. */
export class HostStartError extends Error {
  override readonly name = 'HostStartError';
}
