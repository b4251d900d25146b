import type { AgentRunView } from '../../ports/agent-provider.ts';
import { isTooLarge } from '../../runtime/json-service/bounded-request.ts';
import { isFinal } from '../../runtime/json-service/refusals.ts';
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
    if (isFinal(error, 404)) return undefined;
    if (isTooLarge(error)) return viewOfUnread(String(runNumber), error);
    throw error;
  }
}
