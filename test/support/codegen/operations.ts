import type { z } from 'zod';
import type { JsonAnswer, JsonRequest } from '../agent-service/json-service.ts';
import type { SlidingWindow } from '../agent-service/sliding-window.ts';
import { agentRunBody, errorAnswer, logOf, unprocessable, type ErrorShape } from './answers.ts';
import type { FakeAgentRun, FakeAgentRuns } from './fake-agent-runs.ts';
import {
  createAgentRunSchema,
  logsQuerySchema,
  pageQuerySchema,
  resumeAgentRunSchema,
  runsQuerySchema,
} from './request-bodies.ts';

/** What one token may do. */
export interface CodegenLimits {
  /** Agent runs created within a minute. */
  creationsPerMinute: number;
  /** Other requests within 30 seconds. */
  requestsPer30s: number;
}

export interface CodegenRepository {
  id: number;
  /** `owner/name` */
  full_name: string;
}

export interface OperationParts {
  runs: FakeAgentRuns;
  /** Whether an agent run is in the list by now. */
  shows: (run: FakeAgentRun) => boolean;
  organisation: number;
  repositories: readonly CodegenRepository[];
  limits: CodegenLimits;
  creations: SlidingWindow;
  others: SlidingWindow;
  violations: string[];
  errorShape: ErrorShape;
  /** Agent runs that the plan allows in all. */
  quota: () => number;
}

interface Call extends OperationParts {
  request: JsonRequest;
  /** The number in the path; NaN where there is none. */
  id: number;
}

interface Operation {
  method: string;
  /** Of the path behind `/v1/organizations/NUMBER`; the agent run's number is the only group. */
  path: RegExp;
  isCreation?: boolean;
  answer: (call: Call) => JsonAnswer;
}

const operations: Operation[] = [
  { method: 'POST', path: /^\/agent\/run$/, isCreation: true, answer: createRun },
  { method: 'POST', path: /^\/agent\/run\/resume$/, answer: resumeRun },
  { method: 'GET', path: /^\/agent\/run\/(\d+)$/, answer: getRun },
  { method: 'GET', path: /^\/agent\/runs$/, answer: listRuns },
  { method: 'GET', path: /^\/repos$/, answer: listRepositories },
];

const alphaOperations: Operation[] = [
  { method: 'GET', path: /^\/agent\/run\/(\d+)\/logs$/, answer: getLogs },
];

const organisationPath = /^\/(v1|v1\/alpha)\/organizations\/([^/]+)(\/.*)$/;

/** For a request whose token is right. */
export function answerOperation(parts: OperationParts, request: JsonRequest): JsonAnswer {
  const { method, path } = request;
  if (method === 'GET' && path === '/v1/users/me') {
    return whenWithin(parts, false) ?? { status: 200, body: user };
  }
  if (method === 'GET' && path === '/v1/organizations') {
    return whenWithin(parts, false) ?? listOrganisations({ ...parts, request, id: NaN });
  }
  const [, version, organisation, rest = ''] = organisationPath.exec(path) ?? [];
  const known = version === 'v1' ? operations : alphaOperations;
  const operation = known.find((one) => one.method === method && one.path.test(rest));
  if (version === undefined || operation === undefined) {
    parts.violations.push(`There is no ${method} ${path}`);
    return errorAnswer(404, parts.errorShape, 'Not Found');
  }
  if (!/^\d+$/.test(organisation ?? '')) {
    parts.violations.push(`An organisation has a number: ${method} ${path}`);
    return unprocessable([{ loc: ['path', 'org_id'], msg: 'Input should be a valid integer' }]);
  }
  if (Number(organisation) !== parts.organisation) return errorAnswer(403, parts.errorShape);
  const limited = whenWithin(parts, operation.isCreation === true);
  const id = Number(operation.path.exec(rest)?.[1]);
  return limited ?? operation.answer({ ...parts, request, id });
}

function whenWithin(parts: OperationParts, isCreation: boolean): JsonAnswer | undefined {
  const { creations, errorShape, limits, others } = parts;
  const isWithin = isCreation
    ? creations.take(limits.creationsPerMinute)
    : others.take(limits.requestsPer30s);
  return isWithin ? undefined : errorAnswer(429, errorShape);
}

const user = {
  id: 7,
  email: 'jane@acme.com',
  github_user_id: '70',
  github_username: 'jane',
  avatar_url: null,
  full_name: 'Jane Doe',
  role: 'ADMIN',
};

function createRun(call: Call): JsonAnswer {
  const { errorShape, organisation, quota, repositories, request, runs } = call;
  const parsed = check(call, createAgentRunSchema, request.body);
  if (parsed.kind === 'refused') return parsed.answer;
  const { agent_type, metadata, model, prompt, repo_id } = parsed.data;
  if (repo_id !== undefined && !repositories.some(({ id }) => id === repo_id)) {
    return errorAnswer(404, errorShape, 'No repos found in the organization.');
  }
  if (runs.all.length >= quota()) return errorAnswer(402, errorShape);
  const run = runs.start({
    prompt,
    metadata: metadata ?? null,
    repositoryId: repo_id ?? null,
    model: model ?? null,
    agentType: agent_type ?? null,
  });
  return { status: 200, body: agentRunBody(run, organisation) };
}

function resumeRun(call: Call): JsonAnswer {
  const parsed = check(call, resumeAgentRunSchema, call.request.body);
  if (parsed.kind === 'refused') return parsed.answer;
  const { agent_run_id, prompt } = parsed.data;
  return withRun({ ...call, id: agent_run_id }, (run) => {
    call.runs.resume(run, prompt);
    return agentRunBody(run, call.organisation);
  });
}

function getRun(call: Call): JsonAnswer {
  return withRun(call, (run) => agentRunBody(run, call.organisation));
}

function listRuns(call: Call): JsonAnswer {
  return withQuery(call, runsQuerySchema, (page) => {
    const newestFirst = call.runs.all.filter(call.shows).toReversed();
    return pageOf(newestFirst, page, (run) => agentRunBody(run, call.organisation));
  });
}

function listRepositories(call: Call): JsonAnswer {
  return withQuery(call, pageQuerySchema, (page) =>
    pageOf(call.repositories, page, ({ full_name, id }) => ({
      id,
      name: full_name.replace(/^.*\//, ''),
      full_name,
      description: null,
      github_id: String(id * 10),
      organization_id: call.organisation,
      visibility: 'private',
      archived: false,
      setup_status: 'COMPLETED',
      language: null,
    })),
  );
}

function listOrganisations(call: Call): JsonAnswer {
  const settings = { enable_pr_creation: true, enable_rules_detection: true };
  const all = [{ id: call.organisation, name: 'Acme', settings }];
  return withQuery(call, pageQuerySchema, (page) => pageOf(all, page, (one) => one));
}

function getLogs(call: Call): JsonAnswer {
  return withQuery(call, logsQuerySchema, (page) => {
    const run = call.runs.all.find(({ id }) => id === call.id);
    if (run === undefined) return undefined;
    const { items, total, ...rest } = pageOf(logOf(run), page, (entry) => entry);
    const {
      github_pull_requests: _,
      source_type: __,
      summary: ___,
      ...shown
    } = agentRunBody(run, call.organisation);
    return { ...shown, logs: items, total_logs: total, ...rest };
  });
}

function withRun(call: Call, body: (run: FakeAgentRun) => unknown): JsonAnswer {
  const run = call.runs.all.find(({ id }) => id === call.id);
  return run === undefined ? errorAnswer(404, call.errorShape) : { status: 200, body: body(run) };
}

function withQuery<Query>(
  call: Call,
  schema: z.ZodType<Query>,
  body: (query: Query) => unknown,
): JsonAnswer {
  const parsed = check(call, schema, Object.fromEntries(call.request.query));
  if (parsed.kind === 'refused') return parsed.answer;
  const answer = body(parsed.data);
  return answer === undefined ? errorAnswer(404, call.errorShape) : { status: 200, body: answer };
}

function pageOf<Item>(
  all: readonly Item[],
  { limit, skip }: { limit: number; skip: number },
  show: (item: Item) => unknown,
) {
  return {
    items: all.slice(skip, skip + limit).map(show),
    total: all.length,
    page: Math.floor(skip / limit) + 1,
    size: limit,
    pages: Math.ceil(all.length / limit),
  };
}

type Checked<Data> = { kind: 'fine'; data: Data } | { kind: 'refused'; answer: JsonAnswer };

/** What does not keep to the description is a violation: the service itself would let some of it pass. */
function check<Data>(call: Call, schema: z.ZodType<Data>, value: unknown): Checked<Data> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'fine', data: parsed.data };
  const { method, path } = call.request;
  const problems = parsed.error.issues.map((issue) => ({
    loc: ['body', ...issue.path.map(String)],
    msg: issue.message,
  }));
  const text = problems.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ');
  call.violations.push(`${method} ${path}: ${text}`);
  return { kind: 'refused', answer: unprocessable(problems) };
}
