import { z } from 'zod';
import { oneLineText, shorten } from '../../domain/plain-text.ts';
import type { AgentRequest } from '../../ports/agent-provider.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { final } from '../../runtime/json-service/refusals.ts';
import type { CursorApi } from './api.ts';
import { cursor } from './failures.ts';
import { agentAnswerSchema, runAnswerSchema, type RunAnswer } from './run-answer.ts';

const createdSchema = z.object({ agent: agentAnswerSchema, run: runAnswerSchema });

/** Characters of the name by which people find the agent at Cursor. */
const mostOfName = 100;

/** An agent with its first run; under the key of our id one, however often it is asked for. */
export async function createAgent(
  api: CursorApi,
  request: AgentRequest,
  options: { githubUrl: string; settings: Config['agents']['cursor'] },
): Promise<{ run: RunAnswer; url: string | null }> {
  const { id, mayChangeCode, prompt, title } = request;
  const { model } = options.settings;
  const { agent, run } = await api.ask({
    method: 'POST',
    path: '/v1/agents',
    idempotencyKey: id,
    body: {
      prompt: { text: prompt },
      name: shorten(oneLineText(title), mostOfName),
      repos: [repositoryOf(request, options.githubUrl)],
      autoCreatePR: mayChangeCode,
      ...(model !== undefined && { model: { id: model } }),
    },
    schema: createdSchema,
    missing: `Cursor does not know the repository ${request.repository}`,
  });
  return { run, url: agent.url };
}

/** Pull requests need a branch; an agent that only reads gets the very commit that was analysed. */
function repositoryOf(
  { commit, mayChangeCode, source }: AgentRequest,
  githubUrl: string,
): { url: string; startingRef?: string } {
  if (source.kind === 'folder') {
    const text =
      'Cursor cannot read a folder of this machine: it works on repositories on GitHub only.';
    throw final(cursor, text);
  }
  const url = `${githubUrl}/${source.repository}`;
  const startingRef = mayChangeCode ? source.ref : (commit ?? source.ref);
  return startingRef === null ? { url } : { url, startingRef };
}
