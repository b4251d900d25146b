import type { AgentRun } from '../../domain/agents/agent-run.ts';
import { isFinalAgentRunState } from '../../domain/agents/agent-run.ts';
import { listContinuedRuns } from '../../domain/reconcile/continued-runs.ts';
import {
  decideLost,
  isAbandoned,
  isLongOver,
  type LostDecision,
  type Sighting,
} from '../../domain/reconcile/lost-agent-run.ts';
import type { AgentProvider, AgentRunView } from '../../ports/agent-provider.ts';
import { tidyProblem } from '../agents/asking/attempt-end.ts';
import { closeAgentRun, keptOf } from '../agents/asking/close-agent-run.ts';
import { pagesOf } from '../pages.ts';
import { listRunsOfLastDay } from '../recent-runs.ts';
import type { Chore, CicdServices } from './chore.ts';
import { lookAtEach } from './looking.ts';

const agentRunsAtATime = 100;

/**
 * Agent runs that nobody waits for any more: the run that asked for them was stopped, has failed or is gone, and no run
 * that goes on with them is under way. They are ended where their provider can do that, written down as ended, and
 * give their places to others. One that cannot be ended keeps its place while it is at work, or may be.
 */
export const lostAgentRuns: Chore<{ id: string }> = {
  name: 'lost agent runs',

  find: async (services, looking) => {
    const abandoned: AgentRun[] = [];
    for (const agentRun of await listOpen(services)) {
      if (await hasNobody(agentRun, services)) abandoned.push(agentRun);
    }
    const left = await withoutContinued(abandoned, services);
    return lookAtEach(left, { looking, services }, async (agentRun) => {
      const { decision } = await judge(agentRun, services);
      return decision.kind === 'leave' ? [] : [{ id: agentRun.id }];
    });
  },

  workOff: async ({ id }, services) => {
    const { agents } = services;
    const agentRun = await agents.agentRuns.get(id);
    if (agentRun === undefined || isFinalAgentRunState(agentRun.state)) return;
    const { decision, provider, view } = await judge(agentRun, services);
    if (decision.kind === 'leave') return;
    const { cancel, mayBeAtWork, state } = decision;
    const problem = tidyProblem(decision.problem);
    // Cut off in between, it is looked at again: what has ended is not ended twice.
    const providerId = view?.providerId ?? agentRun.providerId;
    if (cancel && providerId !== null) await provider?.cancel?.(providerId);
    const ending = { state, problem, mayBeAtWork, ...(view && { view: keptOf(view) }) };
    await closeAgentRun(agents, id, ending);
  },
};

/** Oldest first. */
async function listOpen({ agents: { agentRuns } }: CicdServices): Promise<AgentRun[]> {
  const found: AgentRun[] = [];
  const read = (cursor: string | undefined) =>
    agentRuns.list({ open: true, limit: agentRunsAtATime, cursor });
  for await (const page of pagesOf(read)) found.push(...page.agentRuns);
  return found.toReversed();
}

async function hasNobody(agentRun: AgentRun, services: CicdServices): Promise<boolean> {
  const run = await services.runs.getSummary(agentRun.runId);
  return isAbandoned(agentRun, {
    runState: run?.state,
    awakeSince: services.awakeSince(),
    now: services.clock.now().getTime(),
  });
}

/** Without those that a run has not come to yet which was started for theirs again. */
async function withoutContinued(
  abandoned: readonly AgentRun[],
  { clock, runs }: CicdServices,
): Promise<AgentRun[]> {
  if (abandoned.length === 0) return [];
  const recent = await listRunsOfLastDay(runs, clock.now().getTime());
  const continued = listContinuedRuns(recent);
  return abandoned.filter(({ runId }) => !continued.has(runId));
}

interface Judgement {
  decision: LostDecision;
  provider: AgentProvider | undefined;
  view: AgentRunView | undefined;
}

/** @throws UpstreamError when the provider cannot be asked */
async function judge(
  agentRun: AgentRun,
  { agents, clock }: Pick<CicdServices, 'agents' | 'clock'>,
): Promise<Judgement> {
  const now = clock.now().getTime();
  const provider = agents.providers.of(agentRun.provider);
  const { sighting, view } = await sight(agentRun, provider, now);
  return { decision: decideLost(agentRun, sighting, now), provider, view };
}

async function sight(
  agentRun: AgentRun,
  provider: AgentProvider | undefined,
  now: number,
): Promise<{ sighting: Sighting; view?: AgentRunView }> {
  const { providerId } = agentRun;
  if (provider === undefined) return { sighting: { kind: 'no provider' } };
  if (providerId === null && provider.find === undefined) return { sighting: { kind: 'unheard' } };
  try {
    const view = await lookFor(agentRun, provider);
    if (view === undefined) {
      return { sighting: { kind: providerId === null ? 'unstarted' : 'unknown' } };
    }
    const { problem, state } = view;
    const canCancel = provider.cancel !== undefined;
    return { sighting: { kind: 'seen', state, problem, canCancel }, view };
  } catch (error) {
    if (isLongOver(agentRun, now)) return { sighting: { kind: 'unseen' } };
    throw error;
  }
}

/** One whose provider was not heard may be there all the same. */
async function lookFor(
  { id, lastAskedAt, providerId, startedAt }: AgentRun,
  provider: AgentProvider,
): Promise<AgentRunView | undefined> {
  return providerId === null
    ? provider.find?.(id, { askedSince: startedAt, lastAskedAt })
    : provider.get(providerId);
}
