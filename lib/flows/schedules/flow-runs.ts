import { finalRunStates, runStateSchema, type RunSummary } from '../../domain/run.ts';
import type { Runs } from '../../ports/runs.ts';

const unfinished = runStateSchema.options.filter((state) => !finalRunStates.includes(state));

/** Each that has ended leaves the list by being looked at. */
const looksAtMost = 5;

/**
 * A run of the flow that has not ended, whatever has caused it. On AWS a list may not know of an end yet, or never
 * hear of it: what stands in the way is looked at itself.
 */
export async function findRunGoingOn(
  runs: Pick<Runs, 'get' | 'list'>,
  flow: string,
): Promise<RunSummary | undefined> {
  for (const state of unfinished) {
    for (const { id } of (await runs.list({ flow, state, limit: looksAtMost })).runs) {
      const run = await runs.get(id);
      if (run !== undefined && !finalRunStates.includes(run.state)) return run;
    }
  }
  return undefined;
}
