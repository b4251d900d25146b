import { z } from 'zod';
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

/** Answers stand in a page: a few long ones must not make it too large. */
const pageLimit = 20;
const mostPages = 25;

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
  for (let index = 0; index < mostPages; index += 1) {
    const path = `/agent/runs?skip=${index * pageLimit}&limit=${pageLimit}`;
    const missing = 'Codegen does not know the organisation';
    const { items } = await api.ask({ method: 'GET', path, schema: pageSchema, missing });
    const found = items.find(({ metadata }) => metadata?.[idKey] === id);
    if (found !== undefined) return found;
    if (items.length < pageLimit || items.some((item) => isOlder(item, oldest))) return undefined;
  }
  const many = `Codegen has created more than ${pageLimit * mostPages} agent runs since.`;
  throw final(codegen, `${many} Whether ours is among them is not known: it is not started again.`);
}

function isOlder({ created_at }: AgentRunAnswer, oldest: number): boolean {
  const time = timeOf(created_at);
  return time !== null && Date.parse(time) < oldest;
}
