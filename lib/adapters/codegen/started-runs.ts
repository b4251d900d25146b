import { z } from 'zod';
import type { UpstreamError } from '../../domain/errors.ts';
import { isTooLarge } from '../../runtime/json-service/bounded-request.ts';
import { final } from '../../runtime/json-service/refusals.ts';
import { agentRunAnswerSchema, timeOf, type AgentRunAnswer } from './agent-run-answer.ts';
import type { CodegenApi } from './api.ts';
import { codegen } from './failures.ts';

/** Under which our id stands in the metadata of an agent run. */
const idKey = 'cicd_agent_run';

/** Creations have no idempotency key: this is what an agent run is known by again. */
export function markedWith(id: string): Record<string, string> {
  return { [idKey]: id };
}

const pageSchema = z.object({ items: z.array(agentRunAnswerSchema) });

/** A part of the list, newest first. */
interface Page {
  skip: number;
  limit: number;
}

/** Answers stand in a page: a few long ones must not make it too large. */
const usualLimit = 20;
const mostRequests = 25;

/** Clocks differ; an agent run may seem to be older than the request for it. */
const marginMs = 15 * 60_000;

/**
 * The agent run of our id, among those that were created since.
 * @param since ISO 8601 UTC
 * @throws UpstreamError when that cannot be told: it must not be started then
 */
export async function findStarted(
  api: CodegenApi,
  id: string,
  since: string,
): Promise<AgentRunAnswer | undefined> {
  const oldest = Date.parse(since) - marginMs;
  let page: Page = { skip: 0, limit: usualLimit };
  for (let asked = 0; asked < mostRequests; asked += 1) {
    const items = await readPage(api, page);
    if (items === undefined) {
      page = smaller(page);
      continue;
    }
    const found = items.find(({ metadata }) => metadata?.[idKey] === id);
    if (found !== undefined) return found;
    if (items.length < page.limit || items.some((item) => isOlder(item, oldest))) return undefined;
    page = { skip: page.skip + page.limit, limit: usualLimit };
  }
  throw notKnown(`Codegen has created more than ${page.skip} agent runs since.`);
}

/** Undefined for one that is too large. */
async function readPage(
  api: CodegenApi,
  { limit, skip }: Page,
): Promise<AgentRunAnswer[] | undefined> {
  const path = `/agent/runs?skip=${skip}&limit=${limit}`;
  const missing = 'Codegen does not know the organisation';
  try {
    return (await api.ask({ method: 'GET', path, schema: pageSchema, missing })).items;
  } catch (error) {
    if (isTooLarge(error)) return undefined;
    throw error;
  }
}

function smaller({ limit, skip }: Page): Page {
  if (limit > 1) return { skip, limit: Math.ceil(limit / 4) };
  throw notKnown('An agent run at Codegen has answered with more than 16 MB, which was not read.');
}

function notKnown(why: string): UpstreamError {
  const end = 'Whether ours was started is not known: it is not started again.';
  return final(codegen, `${why} ${end}`);
}

function isOlder({ created_at }: AgentRunAnswer, oldest: number): boolean {
  const time = timeOf(created_at);
  return time !== null && Date.parse(time) < oldest;
}
