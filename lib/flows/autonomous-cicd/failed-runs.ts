import {
  isWorthRetrying,
  listRetryCandidates,
  mayBeWorthRetrying,
  retryName,
} from '../../domain/reconcile/retryable-run.ts';
import type { RunDetail } from '../../domain/run.ts';
import { analysisInputSchema } from '../component-analysis/input.ts';
import { listRunsOfLastDay } from '../recent-runs.ts';
import type { Chore } from './chore.ts';
import { pickRuns, type RunRef } from './run-details.ts';

/** Runs of the last 24 hours that another attempt can help; each gets one. */
export const failedRuns: Chore<RunRef> = {
  name: 'failed runs',

  find: async ({ clock, runs, scheduledFlows }) => {
    const recent = await listRunsOfLastDay(runs, clock.now().getTime());
    const candidates = listRetryCandidates(recent, scheduledFlows);
    return pickRuns(
      candidates.filter(mayBeWorthRetrying),
      runs,
      (run) => isWorthRetrying(run) && !isLeftToPerson(run),
    );
  },

  workOff: async ({ id }, { runs }) => {
    await runs.retry(id, { name: retryName(id) });
  },
};

/**
 * What nobody outside has asked for, a person at a terminal has, who sees that it has failed and says whether it is
 * worth more agent runs.
 */
function isLeftToPerson({ input }: RunDetail): boolean {
  const { data } = analysisInputSchema.safeParse(input);
  return data?.agents === true && data.origin === undefined;
}
