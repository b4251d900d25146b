import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { JsonAnswer, JsonRequest } from '../agent-service/json-service.ts';
import type { FakeCursorAgent, FakeCursorAgents, FakeCursorRun } from './fake-cursor-agents.ts';
import { createAgentSchema, createRunSchema } from './request-bodies.ts';

export interface OperationParts {
  agents: FakeCursorAgents;
  /** Addresses that the account may use. */
  repositoryUrls: readonly string[];
  violations: string[];
  /** Answers by their idempotency key. */
  answered: Map<string, { body: unknown; answer: JsonAnswer }>;
}

interface Call extends OperationParts {
  request: JsonRequest;
  agent: FakeCursorAgent | undefined;
  run: FakeCursorRun | undefined;
}

interface Operation {
  method: string;
  path: RegExp;
  answer: (call: Call) => JsonAnswer;
}

const runPath = '/v1/agents/(?<agent>[^/]+)/runs/(?<run>[^/]+)';

const operations: Operation[] = [
  { method: 'GET', path: /^\/v1\/me$/, answer: () => ({ status: 200, body: me }) },
  { method: 'POST', path: /^\/v1\/agents$/, answer: (call) => once(call, createAgent) },
  { method: 'GET', path: /^\/v1\/agents\/(?<agent>[^/]+)$/, answer: getAgent },
  {
    method: 'POST',
    path: /^\/v1\/agents\/(?<agent>[^/]+)\/runs$/,
    answer: (call) => once(call, createRun),
  },
  { method: 'GET', path: new RegExp(`^${runPath}$`), answer: getRun },
  { method: 'POST', path: new RegExp(`^${runPath}/cancel$`), answer: cancelRun },
];

/** For a request whose key is right. */
export function answerOperation(parts: OperationParts, request: JsonRequest): JsonAnswer {
  const { method, path } = request;
  const operation = operations.find((one) => one.method === method && one.path.test(path));
  if (operation === undefined) {
    parts.violations.push(`There is no ${method} ${path}`);
    return errorAnswer(404, 'not_found', 'Not found');
  }
  const ids = operation.path.exec(path)?.groups ?? {};
  const agent = parts.agents.all.find(({ id }) => id === ids['agent']);
  const run = agent?.runs.find(({ id }) => id === ids['run']);
  return operation.answer({ ...parts, request, agent, run });
}

export function errorAnswer(status: number, code: string, message: string): JsonAnswer {
  return { status, body: { error: { code, message } } };
}

const me = {
  apiKeyName: 'ci',
  userId: 7,
  userEmail: 'jane@acme.com',
  createdAt: '2026-01-01T00:00:00.000Z',
};

const unknownAgent = errorAnswer(404, 'not_found', 'Agent not found');

/** The same key and body have the same answer, and nothing is made of it again. */
function once(call: Call, answer: (call: Call) => JsonAnswer): JsonAnswer {
  const { answered, request } = call;
  const header = request.headers['idempotency-key'];
  if (typeof header !== 'string') return answer(call);
  const key = `${request.path} ${header}`;
  const before = answered.get(key);
  if (before === undefined) {
    const given = answer(call);
    if (given.status < 300) answered.set(key, { body: request.body, answer: given });
    return given;
  }
  if (isDeepStrictEqual(before.body, request.body)) return before.answer;
  call.violations.push(`The key ${header} was used with another body`);
  return errorAnswer(409, 'idempotency_key_reused', 'The key was used with another body');
}

function createAgent(call: Call): JsonAnswer {
  const { agents, repositoryUrls, request } = call;
  const parsed = check(call, createAgentSchema, request.body);
  if (parsed.kind === 'refused') return parsed.answer;
  const { autoCreatePR = false, model, name, prompt, repos = [] } = parsed.data;
  const [repository] = repos;
  if (repository !== undefined && !repositoryUrls.includes(repository.url)) {
    const message = '[repository_access] The integration does not cover this repository.';
    return errorAnswer(403, 'repository_access', message);
  }
  const agent = agents.add({
    name: name ?? null,
    repositoryUrl: repository?.url ?? null,
    startingRef: repository?.startingRef ?? null,
    autoCreatePR,
    model: model?.id ?? null,
  });
  const run = agents.startRun(agent, prompt.text);
  const body = { agent: { ...agentBody(agent), latestRunId: run.id }, run: run.body() };
  return { status: 200, body };
}

function createRun(call: Call): JsonAnswer {
  const { agent, agents, request } = call;
  const parsed = check(call, createRunSchema, request.body);
  if (parsed.kind === 'refused') return parsed.answer;
  if (agent === undefined) return unknownAgent;
  if (agent.runs.some((run) => !run.hasEnded)) {
    return errorAnswer(409, 'agent_busy', 'A run of this agent is active');
  }
  const run = agents.startRun(agent, parsed.data.prompt.text);
  return { status: 200, body: { run: run.body() } };
}

function getAgent({ agent }: Call): JsonAnswer {
  return agent === undefined ? unknownAgent : { status: 200, body: agentBody(agent) };
}

function getRun({ run }: Call): JsonAnswer {
  return run === undefined ? unknownAgent : { status: 200, body: run.body() };
}

function cancelRun({ agents, run }: Call): JsonAnswer {
  if (run === undefined) return unknownAgent;
  if (run.hasEnded) return errorAnswer(409, 'run_not_active', 'The run has ended');
  agents.cancel(run);
  return { status: 200, body: { id: run.id } };
}

function agentBody(agent: FakeCursorAgent): Record<string, unknown> {
  const { autoCreatePR, createdAt, id, name, repositoryUrl, startingRef } = agent;
  const time = new Date(createdAt).toISOString();
  return {
    id,
    name: name ?? 'An agent',
    status: 'ACTIVE',
    repos: repositoryUrl === null ? [] : [{ url: repositoryUrl, startingRef }],
    autoCreatePR,
    url: `https://cursor.com/agents/${id}`,
    createdAt: time,
    updatedAt: time,
  };
}

type Checked<Data> = { kind: 'fine'; data: Data } | { kind: 'refused'; answer: JsonAnswer };

/** What does not keep to the description is a violation: the service itself would let some of it pass. */
function check<Data>(call: Call, schema: z.ZodType<Data>, value: unknown): Checked<Data> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'fine', data: parsed.data };
  const { method, path } = call.request;
  const text = parsed.error.issues
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    .join('; ');
  call.violations.push(`${method} ${path}: ${text}`);
  return { kind: 'refused', answer: errorAnswer(400, 'invalid_request', text) };
}
