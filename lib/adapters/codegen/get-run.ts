import { UpstreamError } from '../../domain/errors.ts';
import type { AgentRunView } from '../../ports/agent-provider.ts';
import { isTooLarge } from '../../runtime/json-service/bounded-request.ts';
import { viewOfUnread } from '../../runtime/json-service/unread-run.ts';
import { agentRunAnswerSchema, viewOf } from './agent-run-answer.ts';
import type { CodegenApi } from './api.ts';

/** Undefined when Codegen does not know it (any more). */
export async function getRun(
  api: CodegenApi,
  runNumber: number,
): Promise<AgentRunView | undefined> {
  try {
    const answer = await api.ask({
      method: 'GET',
      path: `/agent/run/${runNumber}`,
      schema: agentRunAnswerSchema,
      missing: `Codegen does not know the agent run ${runNumber}`,
    });
    return viewOf(answer);
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (isTooLarge(error)) return viewOfUnread(String(runNumber), error);
    throw error;
  }
}

/** Only Codegen's own word counts: what comes without a reason is retryable. */
function isMissing(error: unknown): boolean {
  return error instanceof UpstreamError && error.status === 404 && !error.retryable;
}
