import type { RunDetail, RunSummary } from '../../domain/run.ts';
import type { Runs } from '../../ports/runs.ts';

/** What is kept of a run that was found. */
export interface RunRef {
  id: string;
}

/** Oldest first; without those that are gone meanwhile. */
export async function getDetails(
  newestFirst: readonly RunSummary[],
  runs: Pick<Runs, 'get'>,
): Promise<RunDetail[]> {
  const details: RunDetail[] = [];
  for (const { id } of newestFirst.toReversed()) {
    const run = await runs.get(id);
    if (run !== undefined) details.push(run);
  }
  return details;
}
