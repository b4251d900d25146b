import { flowNames } from '../../domain/flow-names.ts';
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

/** How long a slot is held at most: one that was never given back is free again by then. */
const longestWorkSeconds = 3_600;

const pool = flowNames.componentAnalysis;

export function createAnalysisSlots(leases: Leases, limit: number): AnalysisSlots {
  return {
    acquire: (holder) => leases.acquire(pool, { holder, limit, ttlMs: longestWorkSeconds * 1_000 }),
    release: (holder) => leases.release(pool, holder),
  };
}

/** Gives back what a run may still hold that has ended: stopped or timed out, it cannot do so itself. */
export async function freeSlotOf(
  { flow, runId }: { flow: string; runId: string },
  leases: Leases,
): Promise<void> {
  if (flow === pool) await leases.release(pool, runId);
}
