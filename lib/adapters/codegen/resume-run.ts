import { UpstreamError } from '../../domain/errors.ts';
import { final } from '../../runtime/json-service/refusals.ts';
import { agentRunAnswerSchema, type AgentRunAnswer } from './agent-run-answer.ts';
import type { CodegenApi } from './api.ts';
import { codegen } from './failures.ts';

/**
 * Tells an agent run more. Whether it has got that cannot be looked up: it is not told twice by itself.
 * @throws UpstreamError that is retryable only where nothing was told
 */
export async function resumeRun(
  api: CodegenApi,
  runNumber: number,
  prompt: string,
): Promise<AgentRunAnswer> {
  try {
    return await api.ask({
      method: 'POST',
      path: '/agent/run/resume',
      body: { agent_run_id: runNumber, prompt },
      schema: agentRunAnswerSchema,
      missing: `Codegen does not know the agent run ${runNumber}`,
    });
  } catch (error) {
    if (!isUnsure(error)) throw error;
    const advice = 'What the agent was told may have reached it: look at it before you repeat it.';
    throw final(codegen, `${error.message} ${advice}`, error.status);
  }
}

function isUnsure(error: unknown): error is UpstreamError {
  if (!(error instanceof UpstreamError) || error.service !== codegen.service) return false;
  return error.retryable && error.status !== 429;
}
