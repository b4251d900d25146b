import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { refuse, type Answers, type Asked, type Reply, type RepositoryAnswers } from './answer.ts';
import { tokenHeaders, type Caller, type Callers } from './callers.ts';
import { findOperation, type FoundOperation } from './description.ts';
import { sendHalf, type Fault, type Faults, type Written } from './faults.ts';
import { listen } from './listen.ts';
import type { OperationId } from './operations.ts';
import { quotaHeaders, remainingOf, usedUp, type RateLimits } from './rate-limits.ts';
import { isUnchanged, jsonText, replyProblems, withEtag } from './reply-rules.ts';
import { parseBody, requestProblems } from './request-rules.ts';
import { refusalFor } from './rights.ts';
import type { GithubWorld } from './world.ts';

export interface SeenRequest {
  method: string;
  /** With its query: `/repos/acme/shop/commits/HEAD`. */
  path: string;
  /** Null where GitHub has no such operation. */
  operation: OperationId | null;
  /** What was answered; 0 where nothing was. */
  status: number;
  authorization: Caller['kind'] | 'unknown';
}

export interface ApiParts {
  callers: Callers;
  faults: Faults;
  limits: RateLimits;
  ofRepositories: RepositoryAnswers;
  others: Answers;
  /** Hears what GitHub would not have taken, or not have answered. */
  violate: (problem: string) => void;
  world: GithubWorld;
}

/** A request to an operation that GitHub has, as it came. */
interface Incoming extends FoundOperation {
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
  caller: ReturnType<Callers['identify']>;
}

/** Checks every request against GitHub's description, and every answer too. */
export async function startApi(parts: ApiParts): Promise<{ url: string; requests: SeenRequest[] }> {
  const requests: SeenRequest[] = [];
  const { url } = await listen(
    async (request, response) => {
      const caller = parts.callers.identify(request.headers.authorization);
      const { method = '', url: path = '' } = request;
      const authorization = caller.kind;
      const seen: SeenRequest = { method, path, operation: null, status: 0, authorization };
      requests.push(seen);
      await answer({ request, response, seen, caller }, parts);
    },
    (error) => parts.violate(`our server: ${inspect(error)}`),
  );
  return { url, requests };
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  seen: SeenRequest;
  caller: ReturnType<Callers['identify']>;
}

async function answer(exchange: Exchange, parts: ApiParts): Promise<void> {
  const { caller, request, response, seen } = exchange;
  const { method, path } = seen;
  const { faults, violate } = parts;
  const url = new URL(path, `http://${request.headers.host}`);
  const found = findOperation(method, url.pathname);
  if (found === undefined) {
    violate(`${method} ${path} is no operation of GitHub that we know`);
    return send(response, seen, refuse(404, 'Not Found'));
  }
  const { id } = found.operation;
  seen.operation = id;
  const incoming = { ...found, url, headers: request.headers, body: await text(request), caller };
  const problems = requestProblems(found.operation, { ...incoming, query: url.searchParams });
  for (const problem of problems) violate(`${id}: ${problem}`);
  if (problems.length > 0) return send(response, seen, refuse(422, 'Validation Failed', problems));
  const met = faults.take({ method, path, operation: id });
  if (met?.fault.kind === 'listener') return met.fault.answer(request, response);
  if (met !== undefined && !met.done) return fail(response, seen, { fault: met.fault });
  const { problems: wrong, reply } = await replyTo(incoming, parts);
  for (const problem of wrong) violate(`our ${id}: ${problem}`);
  if (met !== undefined) return fail(response, seen, { fault: met.fault, reply });
  return send(response, seen, reply);
}

/** @returns the answer, and what GitHub's description does not allow in it */
async function replyTo(
  incoming: Incoming,
  parts: ApiParts,
): Promise<{ reply: Reply; problems: string[] }> {
  const { caller, headers, operation } = incoming;
  if (caller.kind === 'unknown') return { reply: refuse(401, caller.message), problems: [] };
  const { limits } = parts;
  const isFree = operation.id === 'rate-limit/get';
  const isOut = !isFree && remainingOf(limits.quotaOf(caller)) === 0;
  const made = isOut ? usedUp : await makeReply(incoming, caller, parts);
  const problems = isOut ? [] : replyProblems(operation, made);
  const tagged = operation.method === 'GET' ? withEtag(made, caller) : made;
  const unchanged = isUnchanged(tagged, headers['if-none-match']);
  if (!isFree && !(unchanged && caller.kind !== 'none')) limits.count(caller);
  const always = { ...quotaHeaders(limits.quotaOf(caller)), ...tokenHeaders(caller) };
  const reply = unchanged ? { status: 304, headers: tagged.headers ?? {} } : tagged;
  return { reply: { ...reply, headers: { ...always, ...reply.headers } }, problems };
}

async function makeReply(incoming: Incoming, caller: Caller, parts: ApiParts): Promise<Reply> {
  const { body, headers, operation, params, url } = incoming;
  const { ofRepositories, others, world } = parts;
  const name = `${params['owner']}/${params['repo']}`.toLowerCase();
  const repository = world.repositories.get(name);
  if (operation.path.startsWith('/repos/') && repository === undefined) {
    return refuse(404, 'Not Found');
  }
  const refusal = refusalFor(operation.id, caller, repository);
  if (refusal !== null) return refusal;
  const asked: Asked = {
    params,
    query: url.searchParams,
    body: parseBody(body) ?? {},
    accept: headers.accept ?? '',
    caller,
    apiUrl: url.origin,
    path: url.pathname,
  };
  const other = others[operation.id];
  if (other !== undefined) return other(asked);
  const ofRepository = ofRepositories[operation.id];
  if (ofRepository === undefined || repository === undefined) return refuse(404, 'Not Found');
  return ofRepository({ ...asked, repository });
}

function send(response: ServerResponse, seen: SeenRequest, reply: Reply): void {
  const { body, headers } = written(reply);
  seen.status = reply.status;
  response.writeHead(reply.status, headers).end(body);
}

function written({ headers, json, text: plain }: Reply): Written {
  if (json === undefined) return { body: plain ?? '', headers: { ...headers } };
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { body: jsonText(json), headers: { ...type, ...headers } };
}

/** @param reply what would have been answered, where the request was carried out */
function fail(
  response: ServerResponse,
  seen: SeenRequest,
  { fault, reply = { status: 200 } }: { fault: Fault; reply?: Reply },
): void {
  if (fault.kind === 'hang' || fault.kind === 'listener') return;
  if (fault.kind === 'reset') return void response.socket?.resetAndDestroy();
  if (fault.kind === 'answer') return send(response, seen, fault);
  seen.status = reply.status;
  sendHalf(response, reply.status, written(reply));
}
