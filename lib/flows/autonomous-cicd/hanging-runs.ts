import { hangingReason, hangs } from '../../domain/reconcile/hanging-run.ts';
import type { RunDetail, RunSummary } from '../../domain/run.ts';
import { listRunsOfLastDay } from '../recent-runs.ts';
import type { Chore, CicdServices } from './chore.ts';

/** What is kept of a run that was found. */
export interface RunRef {
  id: string;
}

/** Runs that stand still. They are only stopped here: as failed runs they start again. */
export const hangingRuns: Chore<RunRef> = {
  name: 'hanging runs',

  find: async (services) => {
    const now = services.clock.now().getTime();
    const recent = await listRunsOfLastDay(services.runs, now);
    const busyFlows = new Set(
      recent.filter(({ state }) => state === 'running').map(({ flow }) => flow),
    );
    // Scheduled flows, this one among them, end soon by their own time limits.
    const open = recent.filter(
      ({ flow, state }) =>
        (state === 'running' || state === 'pending') && !services.scheduledFlows.includes(flow),
    );
    return (await getDetails(open, services))
      .filter((run) => hangs(run, { busyFlows, now, upSince: services.upSince }))
      .map(({ id }) => ({ id }));
  },

  workOff: ({ id }, { runs }) => runs.stop(id, hangingReason),
};

/** Oldest first; without those that are gone meanwhile. */
export async function getDetails(
  newestFirst: readonly RunSummary[],
  { runs }: Pick<CicdServices, 'runs'>,
): Promise<RunDetail[]> {
  const details: RunDetail[] = [];
  for (const { id } of newestFirst.toReversed()) {
    const run = await runs.get(id);
    if (run !== undefined) details.push(run);
  }
  return details;
}
