import { dayMs, type CountedStart } from './budget-state.ts';

/** How many starts of a day are used, and when those that are wanted have room. */
export interface UsedStarts {
  used: number;
  allowed: number;
  wanted: number;
  /** Milliseconds since the epoch; null where there will never be room. */
  roomAt: number | null;
}

/** @param starts of the last 24 hours; `wanted` at once, at least 1 */
export function usedStarts(
  starts: readonly CountedStart[],
  { allowed, wanted }: { allowed: number; wanted: number },
): UsedStarts {
  const times = starts.map(({ at }) => at).toSorted((one, other) => one - other);
  const inTheWay = wanted > allowed ? undefined : times.at(wanted - allowed - 1);
  const roomAt = inTheWay === undefined ? null : inTheWay + dayMs;
  return { used: starts.length, allowed, wanted, roomAt };
}
