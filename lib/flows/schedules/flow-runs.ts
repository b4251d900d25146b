import { finalRunStates, runStateSchema, type RunSummary } from '../../domain/run.ts';
import type { Runs } from '../../ports/runs.ts';

const unfinished = runStateSchema.options.filter((state) => !finalRunStates.includes(state));

/** A run of the flow that has not ended, whatever has caused it. */
export async function findRunGoingOn(
  runs: Pick<Runs, 'list'>,
  flow: string,
): Promise<RunSummary | undefined> {
  for (const state of unfinished) {
    const [run] = (await runs.list({ flow, state, limit: 1 })).runs;
    if (run !== undefined) return run;
  }
  return undefined;
}
