import {
  hangingError,
  hangingReason,
  hangs,
  mayBeLost,
  mayHang,
} from '../../domain/reconcile/hanging-run.ts';
import { listRunsOfLastDay } from '../recent-runs.ts';
import type { Chore } from './chore.ts';
import { pickRuns, type RunRef } from './run-details.ts';

/** Runs that stand still. They are only stopped here: as failed runs they start again. */
export const hangingRuns: Chore<RunRef> = {
  name: 'hanging runs',

  find: async ({ awakeSince, clock, runs, scheduledFlows }) => {
    const now = clock.now().getTime();
    const recent = await listRunsOfLastDay(runs, now);
    const running = recent.filter(({ state }) => state === 'running');
    const busyFlows = new Set(running.map(({ flow }) => flow));
    const circumstances = { awakeSince: awakeSince(), busyFlows, now };
    // Scheduled flows, this one among them, end soon by their own time limits.
    // Looking at a run corrects what lists tell of it: one that was dropped would wait in them for ever.
    const suspects = recent.filter(
      (run) =>
        (mayHang(run, circumstances) || mayBeLost(run, now)) && !scheduledFlows.includes(run.flow),
    );
    return pickRuns(suspects, runs, (run) => hangs(run, circumstances));
  },

  workOff: ({ id }, { runs }) => runs.stop(id, hangingReason, { errorType: hangingError }),
};
