import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { execute, type ExecutionResult } from 'graphql';
import { onTestFinished } from 'vitest';
import { sendFaultyAnswer } from '../faulty-answers.ts';
import { listenOnLoopback } from '../loopback.ts';
import { createAccess, testCredentials, type Access, type Caller } from './access.ts';
import { complexityOf, maxComplexity } from './complexity.ts';
import { invalidArgument, rateLimited, unauthenticated } from './errors.ts';
import { attachmentMutations, commentMutations, issueMutations } from './issue-mutations.ts';
import { labelMutations, webhookMutations } from './mutations.ts';
import { peoplesActs, type PeoplesActs } from './people.ts';
import { queriesOf } from './queries.ts';
import {
  createRateLimiter,
  rateLimitHeaders,
  usualLimits,
  type RateLimiter,
  type RateLimits,
} from './rate-limit.ts';
import {
  describeOperation,
  readGraphqlRequest,
  type GraphqlRequest,
  type SeenRequest,
} from './requests.ts';
import { resolveField } from './resolve-field.ts';
import { linearSchema } from './schema.ts';
import { createScript, type Script, type ScriptedFault } from './script.ts';
import { issueSnapshot, type IssueSnapshot } from './snapshots.ts';
import { createWorld, type LinearSeed, type LinearWorld, type WebhookPayload } from './world.ts';

export interface LinearServer {
  /** `http://127.0.0.1:PORT/graphql`, the address to be given as LINEAR_API_URL. */
  url: string;
  /** Those that the server accepts. */
  credentials: typeof testCredentials;
  /** What requests did that Linear would refuse, or that no client should do. Empty in a good test. */
  violations: string[];
  /** Of the API, in order; those that were refused are among it. */
  requests: SeenRequest[];
  /** Ids of what was to be made a second time. */
  duplicates: readonly string[];
  /** What webhooks get of everything that happened, the system's own writes included, in order. */
  payloads: readonly WebhookPayload[];
  world: LinearWorld;
  act: PeoplesActs;
  /** The issue as it is now. @throws Error when there is none */
  issue(identifier: string): IssueSnapshot;
  /** Faults for the next requests. */
  script(faults: readonly ScriptedFault[]): void;
  clearScript(): void;
  setLimits(limits: Partial<RateLimits>): void;
  revokeTokens(): void;
  setAdmin(isAdmin: boolean): void;
}

/** What handling a request needs. */
interface Parts {
  world: LinearWorld;
  access: Access;
  limiter: RateLimiter;
  script: Script;
  resolvers: object;
  violations: string[];
  requests: SeenRequest[];
}

/**
 * A Linear that validates every request against the schema and remembers what was done to it, until the test
 * has finished.
 */
export async function startLinearServer(
  seed: Partial<LinearSeed> & { limits?: Partial<RateLimits> } = {},
): Promise<LinearServer> {
  const parts = createParts(seed);
  const { world, access, limiter, script, violations, requests } = parts;
  const server = createServer((request, response) => void answer(parts, request, response));
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    credentials: testCredentials,
    violations,
    requests,
    duplicates: world.duplicates,
    payloads: world.payloads,
    world,
    act: peoplesActs(world),
    issue: (identifier) => issueSnapshot(world, identifier),
    script: (faults) => script.add(faults),
    clearScript: () => script.clear(),
    setLimits: (limits) => limiter.setLimits(limits),
    revokeTokens: () => access.revokeTokens(),
    setAdmin: (isAdmin) => access.setAdmin(isAdmin),
  };
}

function createParts(seed: Partial<LinearSeed> & { limits?: Partial<RateLimits> }): Parts {
  const world = createWorld(seed);
  const limiter = createRateLimiter(world.now, { ...usualLimits, ...seed.limits });
  return {
    world,
    limiter,
    access: createAccess(world.now),
    script: createScript(),
    resolvers: {
      ...queriesOf(world, limiter),
      ...commentMutations(world),
      ...attachmentMutations(world),
      ...issueMutations(world),
      ...labelMutations(world),
      ...webhookMutations(world),
    },
    violations: [],
    requests: [],
  };
}

async function answer(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await text(request).catch(() => undefined);
  if (body === undefined) return;
  const route = `${request.method} ${request.url}`;
  if (route === 'POST /graphql') return answerQuery(parts, { request, response, body });
  if (route === 'POST /oauth/token') return answerToken(parts, { request, response, body });
  parts.violations.push(`there is no ${route}`);
  send(response, 404, { body: { error: 'not_found' } });
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  body: string;
}

function answerToken({ access, violations }: Parts, { request, response, body }: Exchange): void {
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) {
    violations.push('a token is asked for by a form');
    return send(response, 400, { body: { error: 'invalid_request' } });
  }
  const granted = access.grantToken(new URLSearchParams(body));
  return send(response, granted.status, { body: granted.body });
}

async function answerQuery(parts: Parts, { request, response, body }: Exchange): Promise<void> {
  const authentication = parts.access.authenticate(request.headers.authorization);
  const read = readGraphqlRequest(linearSchema(), request.headers, body);
  if ('problems' in read) {
    parts.violations.push(...read.problems);
    const errors = read.problems.map((message) => ({ message, extensions: validationFailed }));
    return send(response, 400, { body: { errors } });
  }
  const by = authentication.kind === 'caller' ? authentication.caller.by : 'none';
  const complexity = complexityOf(read.document, read.variables);
  const at = parts.world.now();
  const seen: SeenRequest = { ...describeOperation(read), authorization: by, at, complexity };
  parts.requests.push(seen);

  const fault = parts.script.next(seen);
  if (fault !== undefined && fault.carriedOut !== true) {
    return sendFaultyAnswer(response, fault.answer);
  }
  if (authentication.kind !== 'caller') {
    if (authentication.kind === 'violation') parts.violations.push(authentication.problem);
    return send(response, 401, { body: { errors: [unauthenticated()] } });
  }
  if (complexity > maxComplexity) {
    parts.violations.push(`${seen.operation} costs ${complexity} points`);
    return send(response, 400, { body: { errors: [invalidArgument('Query too complex')] } });
  }
  const isAllowed = parts.limiter.take(complexity);
  const headers = rateLimitHeaders(parts.limiter, complexity);
  if (!isAllowed) return send(response, 400, { body: { errors: [rateLimited()] }, headers });
  const result = await run(parts, read, authentication.caller);
  if (fault !== undefined) return sendFaultyAnswer(response, fault.answer);
  return send(response, result.data === undefined ? 400 : 200, { body: result, headers });
}

const validationFailed = {
  code: 'GRAPHQL_VALIDATION_FAILED',
  type: 'graphql error',
  statusCode: 400,
};

/** Several mutations in one request are carried out in order; one that fails leaves the others done. */
async function run(
  { resolvers, violations }: Parts,
  { document, operationName, variables }: GraphqlRequest,
  caller: Caller,
): Promise<ExecutionResult> {
  const result = await execute({
    schema: linearSchema(),
    document,
    operationName: operationName ?? null,
    variableValues: variables,
    rootValue: resolvers,
    contextValue: caller,
    fieldResolver: resolveField,
  });
  for (const error of result.errors ?? []) {
    // Only what Linear itself would say has a code: all else is the request's fault, or the server's.
    if (error.extensions['code'] === undefined) violations.push(error.message);
  }
  return result;
}

function send(
  response: ServerResponse,
  status: number,
  { body, headers = {} }: { body: object; headers?: Record<string, string> },
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
