import {
  isWorthRetrying,
  listRetryCandidates,
  mayBeWorthRetrying,
  retryName,
} from '../../domain/reconcile/retryable-run.ts';
import { listRunsOfLastDay } from '../recent-runs.ts';
import type { Chore } from './chore.ts';
import { pickRuns, type RunRef } from './run-details.ts';

/** Runs of the last 24 hours that another attempt can help; each gets one. */
export const failedRuns: Chore<RunRef> = {
  name: 'failed runs',

  find: async ({ clock, runs, scheduledFlows }) => {
    const recent = await listRunsOfLastDay(runs, clock.now().getTime());
    const candidates = listRetryCandidates(recent, scheduledFlows);
    return pickRuns(candidates.filter(mayBeWorthRetrying), runs, isWorthRetrying);
  },

  workOff: async ({ id }, { runs }) => {
    await runs.retry(id, { name: retryName(id) });
  },
};
