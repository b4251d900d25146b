import { isFinalAgentRunState, type AgentRun } from '../../lib/domain/agents/agent-run.ts';
import type { AgentStatus } from '../../lib/domain/agents/agent-status.ts';
import { RequestRejectedError } from '../../lib/domain/errors.ts';
import type { Usage } from '../../lib/domain/usage.ts';
import type { BudgetUse } from '../../lib/domain/agents/budget/budget-decision.ts';
import type { AgentRunQuery } from '../../lib/flows/agents/agent-runs.ts';
import type { AgentServices } from '../../lib/flows/agents/agent-services.ts';
import { closeAgentRun } from '../../lib/flows/agents/asking/close-agent-run.ts';
import { readUsage } from '../../lib/flows/usage/usage.ts';
import type { AgentLogPage, AgentLogQuery } from '../../lib/ports/agent-provider.ts';
import type { SecretPresence } from '../../lib/ports/secret-store.ts';
import type { Store } from '../../lib/ports/store.ts';
import { readAgentStatus } from './agent-status.ts';
import { agentRunsOf, findAgentRun } from './find-agent-run.ts';

/** What people look at: agent runs, what they cost, and whether agents are asked at all. Changes nothing. */
export interface AgentReader {
  status(): Promise<AgentStatus>;
  /** Newest first. */
  list(query: AgentRunQuery): Promise<AgentRunPage>;
  /** Those that a run has asked for, oldest first. @param run `startedAt`: ISO 8601 UTC */
  listOf(run: { id: string; startedAt: string }): Promise<AgentRun[]>;
  /**
   * @param id an agent run's id, or the beginning of one, 4 characters or more
   * @throws RequestRejectedError when none or several fit
   */
  get(id: string): Promise<AgentRun>;
  /**
   * What the agent did, as its provider tells it.
   * @throws RequestRejectedError where it tells nothing; UpstreamError when it cannot be asked
   */
  logs(id: string, query: AgentLogQuery): Promise<AgentLogPage>;
  /** What of the budgets is used. */
  budgets(): Promise<BudgetUse[]>;
  /** @param days today and those before */
  usage(days: number): Promise<Usage>;
}

export interface AgentRunPage {
  agentRuns: AgentRun[];
  next: string | null;
}

/** What people ask of agent runs, over HTTP or from the command line. */
export interface AgentDesk extends AgentReader {
  /**
   * Of one that is stopped with its run, whoever starts the run again asks for another one; else nobody does.
   * @throws UpstreamError when its provider cannot be asked: it then goes on
   */
  stop(id: string, as?: 'part of its run'): Promise<StoppedAgentRun>;
}

export interface StoppedAgentRun {
  /**
   * `ended`: at its provider; `left`: it goes on there, keeps its place, and nobody waits for it; `over`: it had ended
   * before.
   */
  outcome: 'ended' | 'left' | 'over';
  agentRun: AgentRun;
}

export interface AgentDeskParts {
  services: Pick<AgentServices, 'agentRuns' | 'budget' | 'now' | 'providers' | 'settings'>;
  /** Of the provider. */
  secrets: SecretPresence;
  store: Store;
}

export function createAgentDesk({ secrets, services, store }: AgentDeskParts): AgentDesk {
  const { agentRuns, budget, now, providers, settings } = services;
  return {
    status: () => readAgentStatus(settings, { providers, secrets }),
    list: (query) => agentRuns.list(query),
    listOf: (run) => agentRunsOf(agentRuns, run),
    get: (id) => findAgentRun(agentRuns, id),
    logs: async (id, query) => readLogs(await findAgentRun(agentRuns, id), query, services),
    budgets: () => budget.view(),
    usage: (days) => readUsage({ store, agentRuns, now }, days),
    stop: async (id, as) => {
      const isUnwanted = as === undefined;
      return stopAgentRun(await findAgentRun(agentRuns, id), { ...services, isUnwanted });
    },
  };
}

async function readLogs(
  { id, provider, providerId }: AgentRun,
  query: AgentLogQuery,
  { providers }: Pick<AgentServices, 'providers'>,
): Promise<AgentLogPage> {
  if (providerId === null) {
    const problem = `The agent run ${id} has not been started yet: there is nothing to show.`;
    throw new RequestRejectedError('conflict', problem);
  }
  const page = await providers.of(provider)?.logs?.(providerId, query);
  if (page !== undefined) return page;
  throw new RequestRejectedError('invalid', `${provider} does not tell what its agents do.`);
}

/**
 * The provider first: an agent that cannot be ended now is not to look as if it were. The flow that waits for it
 * finds it cancelled, asks for no other one, and writes its report without it.
 */
async function stopAgentRun(
  agentRun: AgentRun,
  {
    isUnwanted,
    ...services
  }: Pick<AgentServices, 'agentRuns' | 'budget' | 'now' | 'providers'> & { isUnwanted: boolean },
): Promise<StoppedAgentRun> {
  if (isFinalAgentRunState(agentRun.state)) return { outcome: 'over', agentRun };
  const isEnded = await endAtProvider(agentRun, services.providers);
  const stopped = await closeAgentRun(services, agentRun.id, {
    state: 'cancelled',
    ...(isUnwanted && { isUnwanted }),
    problem: 'Stopped by a person.',
    mayBeAtWork: !isEnded,
  });
  return { outcome: isEnded ? 'ended' : 'left', agentRun: stopped ?? agentRun };
}

async function endAtProvider(
  { provider: name, providerId }: AgentRun,
  providers: AgentServices['providers'],
): Promise<boolean> {
  const provider = providers.of(name);
  if (provider?.cancel === undefined || providerId === null) return false;
  await provider.cancel(providerId);
  return true;
}
