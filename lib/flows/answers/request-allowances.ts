import type { RequestAllowance } from '../../ports/issue-tracker.ts';

/** How many requests to the tracker each run has left. */
export interface RequestAllowances {
  /** @param keep so many are not touched: they are for what matters more. Default: 0 */
  of(runId: string, keep?: number): CountedAllowance;
  /** Gives a run so many more. */
  allowMore(runId: string, requests: number): void;
  /** As many as a run has, for what is done once the run is over. */
  afterwards(): CountedAllowance;
}

export interface CountedAllowance extends RequestAllowance {
  /** True once a request was not allowed: what failed then did not fail at the service. */
  isUsedUp(): boolean;
}

/** Long after their end: what a process does at the same time is far less. */
const runsRemembered = 1_000;

/**
 * Counts in this process only: a run that goes on in another one begins to count anew.
 * @param perRun requests, retries among them
 */
export function createRequestAllowances(perRun: number): RequestAllowances {
  const used = new Map<string, number>();

  /** @param requests less than none where a run is given more */
  const use = (runId: string, requests: number): void => {
    used.set(runId, (used.get(runId) ?? 0) + requests);
    const [oldest] = used.keys();
    if (used.size > runsRemembered && oldest !== undefined) used.delete(oldest);
  };

  return {
    of: (runId, keep = 0) =>
      countAllowance({
        hasOne: () => (used.get(runId) ?? 0) < perRun - keep,
        useOne: () => use(runId, 1),
      }),

    allowMore: (runId, requests) => use(runId, -requests),

    afterwards() {
      let left = perRun;
      return countAllowance({
        hasOne: () => left > 0,
        useOne: () => {
          left -= 1;
        },
      });
    },
  };
}

function countAllowance({
  hasOne,
  useOne,
}: {
  hasOne: () => boolean;
  useOne: () => void;
}): CountedAllowance {
  let isUsedUp = false;
  return {
    take() {
      if (hasOne()) useOne();
      else isUsedUp = true;
      return !isUsedUp;
    },
    isUsedUp: () => isUsedUp,
  };
}
