import type { RequestAllowance } from '../../ports/issue-tracker.ts';

/** How many requests to the tracker each run has left. */
export interface RequestAllowances {
  /** @param keep so many are not touched: they are for what matters more. Default: 0 */
  of(runId: string, keep?: number): RequestAllowance;
}

/** Long after their end: what a process does at the same time is far less. */
const runsRemembered = 1_000;

/**
 * Counts in this process only: a run that goes on in another one begins to count anew.
 * @param perRun requests, retries among them
 */
export function createRequestAllowances(perRun: number): RequestAllowances {
  const used = new Map<string, number>();

  const forgetOldest = (): void => {
    const [oldest] = used.keys();
    if (used.size > runsRemembered && oldest !== undefined) used.delete(oldest);
  };

  return {
    of: (runId, keep = 0) => ({
      take() {
        const before = used.get(runId) ?? 0;
        if (before >= perRun - keep) return false;
        used.set(runId, before + 1);
        forgetOldest();
        return true;
      },
    }),
  };
}
