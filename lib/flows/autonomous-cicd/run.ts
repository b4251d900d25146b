import { z } from 'zod';
import type { FlowContext } from '../../runtime/flow-context.ts';
import { flow } from '../../runtime/flow.ts';
import { retries } from '../../runtime/retry-policies.ts';
import { readAgentReadiness, type AgentReadiness } from './agent-readiness.ts';
import { agentSessions } from './agent-sessions.ts';
import type { CicdServices } from './chore.ts';
import { failedRuns } from './failed-runs.ts';
import { hangingRuns } from './hanging-runs.ts';
import { lostAgentRuns } from './lost-agent-runs.ts';
import { lostRuns } from './lost-runs.ts';
import { missedDeliveries } from './missed-deliveries.ts';
import { owedAnswers } from './owed-answers.ts';
import { pendingAnalyses } from './pending-analyses.ts';
import { polledIssues } from './polled-issues.ts';
import { polledPushes } from './polled-pushes.ts';
import { countTick, type TickCounts } from './tick-counts.ts';
import { trackingTable } from './tracking-table.ts';
import { undeliveredGithub } from './undelivered-github.ts';
import { undeliveredLinear } from './undelivered-linear.ts';
import { workOff, type ChoreResult, type Tick } from './work-off.ts';

export interface CicdResult extends TickCounts {
  /** Nothing was started. */
  paused: boolean;
  agents: AgentReadiness;
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

    const agents = await lookAtAgents(context, services);
    const handedOn = [
      ...(await bringGithubEvents(context, tick)),
      ...(await bringLinearRequests(context, tick)),
      await workOff(context, pendingAnalyses(agents), tick),
    ];
    const recovered = await recover(context, tick);
    const told = [await workOff(context, trackingTable, tick)];

    const results = [...handedOn, ...recovered, ...told];
    const counts = countTick({ handedOn, recovered, told });
    context.log.info('What there was to do', { ...counts });
    tellOfRest(context, results);
    throwProblems(results);
    const chores = results.map(({ problems: _none, ...chore }) => chore);
    return { ...counts, paused: tick.paused, agents, chores };
  },
});

/** Where they are not ready, none is started by this tick; everything else goes on. */
async function lookAtAgents(
  context: Pick<FlowContext, 'log' | 'task'>,
  { agents: { providers } }: CicdServices,
): Promise<AgentReadiness> {
  const agents = await context.task('see whether agents are ready', retries.few, () =>
    readAgentReadiness(providers),
  );
  if (agents.kind === 'not-ready') context.log.warn('Agents are not ready', { ...agents });
  return agents;
}

type ChoreContext = Pick<FlowContext, 'task'>;

async function bringGithubEvents(context: ChoreContext, tick: Tick): Promise<ChoreResult[]> {
  return [
    // Of Linear as well: whatever has arrived comes first.
    await workOff(context, missedDeliveries, tick),
    // What was delivered once is not looked for by asking: that comes afterwards.
    await workOff(context, undeliveredGithub, tick),
    await workOff(context, polledPushes, tick),
  ];
}

async function bringLinearRequests(context: ChoreContext, tick: Tick): Promise<ChoreResult[]> {
  return [
    await workOff(context, undeliveredLinear, tick),
    await workOff(context, polledIssues, tick),
    await workOff(context, agentSessions, tick),
  ];
}

async function recover(context: ChoreContext, tick: Tick): Promise<ChoreResult[]> {
  return [
    await workOff(context, hangingRuns, tick),
    await workOff(context, failedRuns, tick),
    await workOff(context, lostRuns, tick),
    // After their runs were started again, which go on with them.
    await workOff(context, lostAgentRuns, tick),
    await workOff(context, owedAnswers, tick),
  ];
}

function tellOfRest({ log }: Pick<FlowContext, 'log'>, results: readonly ChoreResult[]): void {
  for (const { found, left, name } of results) {
    if (left > 0) log.info('The rest is left for the next time', { name, found, left });
  }
}

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
