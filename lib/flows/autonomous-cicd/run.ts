import { z } from 'zod';
import { flow } from '../../runtime/flow.ts';
import { retries } from '../../runtime/retry-policies.ts';
import type { CicdServices } from './chore.ts';
import { failedRuns } from './failed-runs.ts';
import { hangingRuns } from './hanging-runs.ts';
import { lostRuns } from './lost-runs.ts';
import { missedDeliveries } from './missed-deliveries.ts';
import { owedAnswers } from './owed-answers.ts';
import { polledIssues } from './polled-issues.ts';
import { polledPushes } from './polled-pushes.ts';
import { trackingTable } from './tracking-table.ts';
import { undeliveredGithub } from './undelivered-github.ts';
import { undeliveredLinear } from './undelivered-linear.ts';
import { workOff, type ChoreResult } from './work-off.ts';

export interface CicdResult {
  /** Nothing was started. */
  paused: boolean;
  chores: Omit<ChoreResult, 'problems'>[];
}

/**
 * Works off what does not go on by itself. What is done is done once, however often it is tried: each
 * chore says why.
 * @throws AggregateError after everything was tried, when something could not be worked off
 */
export const autonomousCicd = flow<Record<string, never>, CicdResult, CicdServices>({
  name: 'autonomous-cicd',
  input: z.strictObject({}),
  executionTimeoutSeconds: 840,

  run: async (context, _input, services) => {
    const pause = await context.task('look for a pause', retries.few, () => services.pause.get());
    const tick = { services, paused: pause !== null };
    if (pause !== null) context.log.info('Paused: nothing is started', { ...pause });

    const results = [
      await workOff(context, missedDeliveries, tick),
      // What was delivered once is not looked for by asking: that comes afterwards.
      await workOff(context, undeliveredGithub, tick),
      await workOff(context, polledPushes, tick),
      await workOff(context, undeliveredLinear, tick),
      await workOff(context, polledIssues, tick),
      await workOff(context, hangingRuns, tick),
      await workOff(context, failedRuns, tick),
      await workOff(context, lostRuns, tick),
      await workOff(context, owedAnswers, tick),
      await workOff(context, trackingTable, tick),
    ];
    for (const { name, found, left } of results) {
      if (left > 0) context.log.info('The rest is left for the next time', { name, found, left });
    }
    throwProblems(results);
    return {
      paused: tick.paused,
      chores: results.map(({ problems: _none, ...counts }) => counts),
    };
  },
});

/** What keeps fifty places from being looked at is told once. */
function throwProblems(results: readonly ChoreResult[]): void {
  const failed = results
    .filter(({ problems }) => problems.length > 0)
    .map(({ name, problems }) => ({ name, problems: [...new Set(problems)] }));
  if (failed.length === 0) return;
  const list = failed.map(({ name, problems }) => `${name}: ${problems.join('; ')}`);
  const errors = failed.flatMap(({ problems }) => problems.map((problem) => new Error(problem)));
  throw new AggregateError(errors, `Not everything could be worked off. ${list.join(' ')}`);
}
