import type { RunSummary } from '../../../lib/domain/run.ts';
import type { Runs } from '../../../lib/ports/runs.ts';

const unfinished = ['pending', 'running', 'waiting'] as const;

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

/** Far more than people start by hand between a crash and the next start. */
const latest = 100;

/** Among the latest runs of the flow. */
export async function findRunByName(
  runs: Pick<Runs, 'list'>,
  { flow, name }: { flow: string; name: string },
): Promise<RunSummary | undefined> {
  const listing = await runs.list({ flow, limit: latest });
  return listing.runs.find((run) => run.name === name);
}
