import { setImmediate } from 'node:timers/promises';
import type { RunDetail, RunSummary } from '../../domain/run.ts';
import type { Runs } from '../../ports/runs.ts';

/** What is kept of a run that was found. */
export interface RunRef {
  id: string;
}

/**
 * Those of the runs that this is true of, going by all that is known of them. Oldest first; without runs
 * that are gone meanwhile.
 */
export async function pickRuns(
  newestFirst: readonly RunSummary[],
  runs: Pick<Runs, 'get'>,
  isWanted: (run: RunDetail) => boolean,
): Promise<RunRef[]> {
  const picked: RunRef[] = [];
  for (const { id } of newestFirst.toReversed()) {
    // Where runs are in this process, whatever else there is to do gets its turn.
    await setImmediate();
    const run = await runs.get(id);
    if (run !== undefined && isWanted(run)) picked.push({ id });
  }
  return picked;
}
