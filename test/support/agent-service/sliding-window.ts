/** Counts what happens within a time. */
export interface SlidingWindow {
  /** False: there were that many within the time already, and this one is not counted. */
  take(allowed: number): boolean;
}

export function createSlidingWindow(windowMs: number, now: () => number): SlidingWindow {
  let taken: number[] = [];
  return {
    take(allowed) {
      const at = now();
      taken = taken.filter((time) => time > at - windowMs);
      if (taken.length >= allowed) return false;
      taken.push(at);
      return true;
    },
  };
}
