import { UpstreamError } from '../../domain/errors.ts';
import type { AgentRequest } from '../../ports/agent-provider.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { agentRunAnswerSchema, type AgentRunAnswer } from './agent-run-answer.ts';
import type { CodegenApi } from './api.ts';
import type { RepositoryNumbers } from './repositories.ts';
import { findStarted, markedWith } from './started-runs.ts';

interface StartParts {
  api: CodegenApi;
  repositories: RepositoryNumbers;
  settings: Config['agents']['codegen'];
}

/**
 * Creates the agent run, unless an earlier call has. A creation that ends without a usable answer
 * may stand all the same: it fails as retryable, and whoever tries again says since when, so that
 * it is looked for. It is not looked for at once: Codegen may still be at it.
 */
export async function startRun(
  request: AgentRequest,
  { api, repositories, settings }: StartParts,
): Promise<AgentRunAnswer> {
  const { askedSince, id, prompt, repository, title } = request;
  if (askedSince !== undefined) {
    const started = await findStarted(api, id, askedSince);
    if (started !== undefined) return started;
  }
  const { agentType, model } = settings;
  const body = {
    prompt,
    metadata: { ...markedWith(id), title },
    repo_id: await repositories.numberOf(request),
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
