import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { execute, type ExecutionResult } from 'graphql';
import { sendFaultyAnswer } from '../faulty-answers.ts';
import type { Access, Caller } from './access.ts';
import { complexityOf, maxComplexity } from './complexity.ts';
import { invalidArgument, rateLimited, unauthenticated } from './errors.ts';
import { rateLimitHeaders, type RateLimiter } from './rate-limit.ts';
import {
  describeOperation,
  readGraphqlRequest,
  type GraphqlRequest,
  type SeenRequest,
} from './requests.ts';
import { resolveField } from './resolve-field.ts';
import { linearSchema } from './schema.ts';
import type { Script } from './script.ts';
import type { LinearWorld } from './world.ts';

/** What answering a request needs. */
export interface ServerParts {
  world: LinearWorld;
  access: Access;
  limiter: RateLimiter;
  script: Script;
  resolvers: object;
  violations: string[];
  requests: SeenRequest[];
  /** When tokens were asked for. */
  tokenRequests: number[];
  /** Of an answer in which nothing that was asked for is there. */
  refusalStatus: 200 | 400;
}

export async function answerRequest(
  parts: ServerParts,
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

function answerToken(
  { access, tokenRequests, violations, world }: ServerParts,
  { request, response, body }: Exchange,
): void {
  tokenRequests.push(world.now());
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) {
    violations.push('a token is asked for by a form');
    return send(response, 400, { body: { error: 'invalid_request' } });
  }
  const granted = access.grantToken(new URLSearchParams(body));
  return send(response, granted.status, { body: granted.body });
}

async function answerQuery(
  parts: ServerParts,
  { request, response, body }: Exchange,
): Promise<void> {
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
  const seen: SeenRequest = {
    ...describeOperation(read),
    authorization: by,
    at,
    complexity,
    variables: read.variables,
  };
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
  return send(response, statusOf(result, parts), { body: result, headers });
}

/** Both statuses were seen of the live service for `data: null`. */
function statusOf({ data }: ExecutionResult, { refusalStatus }: ServerParts): number {
  if (data === undefined) return 400;
  return data === null ? refusalStatus : 200;
}

const validationFailed = {
  code: 'GRAPHQL_VALIDATION_FAILED',
  type: 'graphql error',
  statusCode: 400,
};

/** Several mutations in one request are carried out in order; one that fails leaves the others done. */
async function run(
  { resolvers, violations }: ServerParts,
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
