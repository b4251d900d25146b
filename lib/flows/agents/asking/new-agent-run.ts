import type { AgentRun } from '../../../domain/agents/agent-run.ts';
import type { Attempt } from './asking.ts';
import type { AskServices } from './ask-services.ts';

/** What is remembered of an agent run before it is asked for. */
export function newAgentRun(
  { agent, analysis, cause, component, id, number }: Attempt,
  { now, settings }: Pick<AskServices, 'now' | 'settings'>,
): AgentRun {
  const startedAt = now();
  const askedAt = new Date(startedAt).toISOString();
  const deadline = Math.min(
    startedAt + settings.deadlineMinutes * 60_000,
    Date.parse(agent.latestEnd),
  );
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
    deadline: new Date(deadline).toISOString(),
    url: null,
    pullRequests: [],
    problem: null,
  };
}
