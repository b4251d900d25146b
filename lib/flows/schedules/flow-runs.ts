import { finalRunStates, runStateSchema, type RunSummary } from '../../domain/run.ts';
import type { Runs } from '../../ports/runs.ts';

const unfinished = runStateSchema.options.filter((state) => !finalRunStates.includes(state));

/**
 * A run of the flow that has not ended, whatever has caused it. On AWS a list may not know of an end yet, or never
 * hear of it: what stands in the way is looked at itself.
 */
export async function findRunGoingOn(
  runs: Pick<Runs, 'get' | 'list'>,
  flow: string,
): Promise<RunSummary | undefined> {
  for (const state of unfinished) {
    const [run] = (await runs.list({ flow, state, limit: 1 })).runs;
    const found = run && (await runs.get(run.id));
    if (found !== undefined && !finalRunStates.includes(found.state)) return found;
  }
  return undefined;
}
