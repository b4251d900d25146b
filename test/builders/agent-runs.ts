import type { AgentRun } from '../../lib/domain/agents/agent-run.ts';

/** An agent run that is under way. */
export function buildAgentRun(run: Partial<AgentRun> = {}): AgentRun {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    provider: 'codegen',
    providerId: '4711',
    runId: 'run-1',
    repository: 'acme/shop',
    component: 'orders',
    analysis: 'code-quality',
    attempt: 1,
    cause: 'issue-1',
    state: 'running',
    status: 'ACTIVE',
    startedAt: '2026-11-23T12:00:00.000Z',
    endedAt: null,
    deadline: '2026-11-23T13:00:00.000Z',
    url: 'https://codegen.com/agent/4711',
    pullRequests: [],
    problem: null,
    ...run,
  };
}
