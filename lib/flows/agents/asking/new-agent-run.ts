import type { AgentRun } from '../../../domain/agents/agent-run.ts';
import type { Attempt } from './asking.ts';
import type { AskServices } from './ask-services.ts';

/** What is remembered of an agent run before it is asked for. */
export function newAgentRun(
  attempt: Attempt,
  services: Pick<AskServices, 'now' | 'settings'>,
): AgentRun {
  const { agent, analysis, cause, component, id, number } = attempt;
  const askedAt = new Date(services.now()).toISOString();
  return {
    id,
    provider: agent.provider,
    providerId: null,
    runId: component.runId,
    repository: component.input.repository,
    component: component.input.component,
    analysis,
    attempt: number,
    cause,
    state: 'queued',
    status: null,
    startedAt: askedAt,
    lastAskedAt: askedAt,
    endedAt: null,
    deadline: deadlineFromNow(attempt, services),
    url: null,
    pullRequests: [],
    problem: null,
  };
}

/** Of an agent run that is started now: what was waited for before does not count. @returns ISO 8601 UTC */
export function deadlineFromNow(
  { agent }: Pick<Attempt, 'agent'>,
  { now, settings }: Pick<AskServices, 'now' | 'settings'>,
): string {
  const deadline = now() + settings.deadlineMinutes * 60_000;
  return new Date(Math.min(deadline, Date.parse(agent.latestEnd))).toISOString();
}
