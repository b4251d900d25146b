import {
  hangingError,
  hangingReason,
  hangs,
  mayBeLost,
  mayHang,
} from '../../domain/reconcile/hanging-run.ts';
import { inTurn } from '../../domain/reconcile/in-turn.ts';
import { listRunsOfLastDay } from '../recent-runs.ts';
import type { Chore } from './chore.ts';
import { pickRuns, type RunRef } from './run-details.ts';

/** On AWS, histories are read at 15 a second by all that look at runs. */
const mostLookedAt = 200;

/** Runs that stand still. They are only stopped here: as failed runs they start again. */
export const hangingRuns: Chore<RunRef> = {
  name: 'hanging runs',

  find: async ({ awakeSince, clock, config, runs, scheduledFlows }) => {
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
    // A run that waits for its turn is a suspect, and of those there can be thousands.
    const { everyMinutes } = config.config.schedules['autonomous-cicd'];
    const tick = Math.floor(now / (everyMinutes * 60_000));
    const looked = inTurn(suspects, { atMost: mostLookedAt, tick });
    return pickRuns(looked, runs, (run) => hangs(run, circumstances));
  },

  workOff: ({ id }, { runs }) => runs.stop(id, hangingReason, { errorType: hangingError }),
};
