/** How far a run can be. */
export const runStates = [
  /** Accepted, no code of it has run yet. */
  'pending',
  'running',
  /** Parked until a timer, a callback or another run wakes it; costs nothing meanwhile. */
  'waiting',
  'succeeded',
  'failed',
  'timed_out',
  'stopped',
] as const;
