import { hangingError, hangingReason, hangs } from '../../domain/reconcile/hanging-run.ts';
import { listRunsOfLastDay } from '../recent-runs.ts';
import type { Chore } from './chore.ts';
import { getDetails, type RunRef } from './run-details.ts';

/** Runs that stand still. They are only stopped here: as failed runs they start again. */
export const hangingRuns: Chore<RunRef> = {
  name: 'hanging runs',

  find: async ({ awakeSince, clock, runs, scheduledFlows }) => {
    const now = clock.now().getTime();
    const recent = await listRunsOfLastDay(runs, now);
    const running = recent.filter(({ state }) => state === 'running');
    const busyFlows = new Set(running.map(({ flow }) => flow));
    // Scheduled flows, this one among them, end soon by their own time limits.
    const open = recent.filter(
      ({ flow, state }) =>
        (state === 'running' || state === 'pending') && !scheduledFlows.includes(flow),
    );
    return (await getDetails(open, runs))
      .filter((run) => hangs(run, { awakeSince: awakeSince(), busyFlows, now }))
      .map(({ id }) => ({ id }));
  },

  workOff: ({ id }, { runs }) => runs.stop(id, hangingReason, { errorType: hangingError }),
};
