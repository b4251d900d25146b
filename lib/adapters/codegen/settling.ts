/** Before that a look must come that tells: a task at a service is attempted for about three minutes. */
const mostMs = 60_000;

/**
 * When it shows whether a creation was done, at the latest. For as long as one is waited for, and as long again:
 * Codegen may go on with what nobody waits for.
 * @param requestMs milliseconds for one request with its answer
 * @returns milliseconds since it was asked for
 */
export function settlingMs(requestMs: number): number {
  return Math.min(2 * requestMs, mostMs);
}
