import type { Leases } from '../../ports/leases.ts';

/** Room for so many analyses at a time, where no work pool of the host keeps to it. */
export interface AnalysisSlots {
  /**
   * Again for the same run: as long as the first time, from now on.
   * @returns false when there is none
   */
  acquire(runId: string): Promise<boolean>;
  release(runId: string): Promise<void>;
}

/** How long a run may take in all: a slot of one that was stopped is free again by then. */
export const longestRunSeconds = 3_600;

export function createAnalysisSlots(leases: Leases, limit: number): AnalysisSlots {
  const pool = 'component-analysis';
  return {
    acquire: (holder) => leases.acquire(pool, { holder, limit, ttlMs: longestRunSeconds * 1_000 }),
    release: (holder) => leases.release(pool, holder),
  };
}
