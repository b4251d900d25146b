import type { Answered } from './connections.ts';
import type { Refusal } from '../failures.ts';

export interface SigningClock {
  /** Milliseconds since the epoch, as AWS counts them. */
  now(): number;
  /**
   * Puts the clock right by the answer to a request that was refused.
   * @returns true when it was wrong: signed anew, the request may be taken
   */
  correctBy(answer: Answered, refusal: Refusal): boolean;
}

/** AWS takes signatures of the last and next 5 minutes. */
const toleratedMs = 4 * 60_000;

/** What a signature of the wrong time is called, among other wrong signatures. */
const codes: ReadonlySet<string> = new Set([
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

/** A clock for signatures: a machine's own may be wrong, and one that has slept may be late. */
export function createSigningClock(): SigningClock {
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  return {
    now,
    correctBy({ headers }, { code }) {
      const errorMs = Date.parse(headers.date ?? '') - now();
      const wasWrong = codes.has(code) && Math.abs(errorMs) > toleratedMs;
      if (wasWrong) aheadMs += errorMs;
      return wasWrong;
    },
  };
}
