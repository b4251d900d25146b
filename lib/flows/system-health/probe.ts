import { messageOf } from '../../domain/errors.ts';
import type { Reading } from '../../domain/health/evaluate-health.ts';

export interface Measurement {
  /** A share, 0 to 1; null where there is too little to tell. */
  value: number | null;
  detail: string;
}

/** What `read` finds out within the limit. A failing or late one is a reading as well: never throws. */
export async function readWithin(
  limitMs: number,
  read: () => Promise<Measurement>,
): Promise<Reading> {
  const { promise: late, resolve } = Promise.withResolvers<Reading>();
  const timer = setTimeout(
    () => resolve({ kind: 'unreadable', reason: `no answer within ${limitMs / 1_000} s` }),
    limitMs,
  );
  const answer = read().then(
    (measurement): Reading => ({ kind: 'read', ...measurement }),
    (error: unknown): Reading => ({ kind: 'unreadable', reason: messageOf(error) }),
  );
  const reading = await Promise.race([answer, late]);
  clearTimeout(timer);
  return reading;
}
