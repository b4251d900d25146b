import type { JsonAnswer } from '../agent-service/json-service.ts';
import type { FakeAgentRun } from './fake-agent-runs.ts';

/** In which of both shapes errors come: the API's description has one, its own client reads the other. */
export type ErrorShape = 'message' | 'detail';

const messages: Record<number, string> = {
  401: 'Invalid or expired token.',
  402: 'Alloted agent runs for the current billing plan have been reached. Please upgrade your plan.',
  403: 'You do not have access to this organization.',
  404: 'Agent run not found.',
  429: 'Rate limit exceeded. Please try again later.',
};

export function errorAnswer(
  status: number,
  shape: ErrorShape,
  message = messages[status] ?? 'Something went wrong.',
): JsonAnswer {
  const body = shape === 'detail' ? { detail: message } : { message, status_code: status };
  return { status, body };
}

/** As the framework of the service words it. */
export function unprocessable(
  problems: readonly { loc: (string | number)[]; msg: string }[],
): JsonAnswer {
  return {
    status: 422,
    body: { detail: problems.map((problem) => ({ ...problem, type: 'value_error' })) },
  };
}

export function agentRunBody(run: FakeAgentRun, organisation: number): Record<string, unknown> {
  return {
    id: run.id,
    organization_id: organisation,
    status: run.status,
    created_at: new Date(run.startedAt).toISOString().replace('Z', ''),
    web_url: `https://codegen.com/agent/trace/${run.id}`,
    result: run.result,
    summary: null,
    source_type: 'API',
    github_pull_requests: run.pullRequests,
    metadata: run.metadata,
  };
}

export interface LogEntry {
  agent_run_id: number;
  created_at: string;
  tool_name: string | null;
  message_type: string;
  thought: string | null;
  observation: Record<string, unknown> | string | null;
  tool_input: Record<string, unknown> | null;
  tool_output: Record<string, unknown> | null;
}

/** Oldest first: what it was told, a tool that it used, and its answer once there is one. */
export function logOf(run: FakeAgentRun): LogEntry[] {
  const entry = (message_type: string, more: Partial<LogEntry>): LogEntry => ({
    agent_run_id: run.id,
    created_at: new Date(run.startedAt).toISOString(),
    tool_name: null,
    message_type,
    thought: null,
    observation: null,
    tool_input: null,
    tool_output: null,
    ...more,
  });
  return [
    ...run.prompts.map((prompt) => entry('USER_MESSAGE', { observation: prompt })),
    entry('ACTION', {
      tool_name: 'ripgrep_search',
      thought: 'I look for callers.',
      tool_input: { query: 'total(' },
      observation: { status: 'success' },
    }),
    ...(run.result === null ? [] : [entry('FINAL_ANSWER', { observation: run.result })]),
  ];
}
