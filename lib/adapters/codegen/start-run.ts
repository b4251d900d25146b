import { UpstreamError } from '../../domain/errors.ts';
import type { AgentRequest, EarlierStarts } from '../../ports/agent-provider.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { passing } from '../../runtime/json-service/refusals.ts';
import { agentRunAnswerSchema, type AgentRunAnswer } from './agent-run-answer.ts';
import type { CodegenApi } from './api.ts';
import { codegen } from './failures.ts';
import type { RepositoryNumbers } from './repositories.ts';
import { findStarted, markedWith } from './started-runs.ts';

interface LookParts {
  api: CodegenApi;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds until what was asked for shows in the list, at the latest. */
  settleMs: number;
}

interface CreationParts {
  api: CodegenApi;
  repositories: RepositoryNumbers;
  settings: Config['agents']['codegen'];
}

/** The agent run that an earlier call has created; undefined when none has. */
export async function findRun(
  id: string,
  { askedSince, lastAskedAt }: EarlierStarts,
  { api, now, settleMs }: LookParts,
): Promise<AgentRunAnswer | undefined> {
  const started = await findStarted(api, id, askedSince);
  // Codegen may still be at what was asked of it by a process that is no more, or was not heard.
  const isSettled = lastAskedAt === undefined || now() - Date.parse(lastAskedAt) >= settleMs;
  if (started !== undefined || isSettled) return started;
  const seconds = Math.ceil(settleMs / 1_000);
  throw passing(codegen, `Whether the agent run was started shows within ${seconds} s.`);
}

/**
 * Creates the agent run. A creation that ends without a usable answer may stand all the same: it fails as retryable,
 * and whoever tries again looks first.
 */
export async function createRun(
  { id, prompt, repository, source, title }: AgentRequest,
  { api, repositories, settings }: CreationParts,
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
