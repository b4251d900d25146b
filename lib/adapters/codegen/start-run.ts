import { UpstreamError } from '../../domain/errors.ts';
import type { AgentRequest } from '../../ports/agent-provider.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { passing } from '../../runtime/json-service/refusals.ts';
import { agentRunAnswerSchema, type AgentRunAnswer } from './agent-run-answer.ts';
import type { CodegenApi } from './api.ts';
import { codegen } from './failures.ts';
import type { RepositoryNumbers } from './repositories.ts';
import { findStarted, markedWith } from './started-runs.ts';

interface StartParts {
  api: CodegenApi;
  /** Milliseconds since the epoch. */
  now: () => number;
  repositories: RepositoryNumbers;
  settings: Config['agents']['codegen'];
  /** Milliseconds until what was asked for shows in the list, at the latest. */
  settleMs: number;
}

/**
 * Creates the agent run, unless an earlier call has. A creation that ends without a usable answer
 * may stand all the same: it fails as retryable, and whoever tries again says since when, so that
 * it is looked for.
 */
export async function startRun(request: AgentRequest, parts: StartParts): Promise<AgentRunAnswer> {
  const { askedSince, id } = request;
  const started = askedSince === undefined ? undefined : await findRun(id, askedSince, parts);
  return started ?? (await createRun(request, parts));
}

/**
 * The agent run that an earlier call has created; undefined when none has.
 * @param askedSince ISO 8601 UTC
 */
export async function findRun(
  id: string,
  askedSince: string,
  { api, now, settleMs }: Pick<StartParts, 'api' | 'now' | 'settleMs'>,
): Promise<AgentRunAnswer | undefined> {
  const started = await findStarted(api, id, askedSince);
  // Codegen may still be at what was asked of it by a process that is no more.
  const isSettled = now() - Date.parse(askedSince) >= settleMs;
  if (started !== undefined || isSettled) return started;
  throw passing(codegen, 'Whether the agent run was started shows in seconds.');
}

async function createRun(
  { id, prompt, repository, source, title }: AgentRequest,
  { api, repositories, settings }: StartParts,
): Promise<AgentRunAnswer> {
  const { agentType, model } = settings;
  const body = {
    prompt,
    metadata: { ...markedWith(id), title },
    repo_id: await repositories.numberOf({ repository, source }),
    ...(model !== undefined && { model }),
    ...(agentType !== undefined && { agent_type: agentType }),
  };
  try {
    return await api.ask({
      method: 'POST',
      path: '/agent/run',
      body,
      schema: agentRunAnswerSchema,
      missing: `Codegen does not know the repository ${repository}, or not any more`,
      isCreation: true,
    });
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 404) repositories.forget(repository);
    throw error;
  }
}
