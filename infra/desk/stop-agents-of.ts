import { isFinalAgentRunState, type AgentRun } from '../../lib/domain/agents/agent-run.ts';
import { messageOf } from '../../lib/domain/errors.ts';
import { flowNames } from '../../lib/domain/flow-names.ts';
import { createLogger, errorFields } from '../../lib/runtime/logging.ts';
import type { AgentDesk, StoppedAgentRun } from './agent-desk.ts';

/** What came of an agent run whose run was stopped. `goes-on`: it cannot be stopped now, and `why`. */
export type AgentRunStop =
  | StoppedAgentRun
  | { outcome: 'goes-on'; agentRun: AgentRun; why: string };

/**
 * Stops the agent runs of a run that has ended: nobody reads what they answer. What cannot be stopped now is left to
 * autonomous-cicd. Never throws: the run has been stopped, whatever becomes of its agents.
 * @param run `startedAt`: ISO 8601 UTC
 */
export async function stopAgentsOf(
  run: { id: string; flow: string; startedAt: string },
  agents: Pick<AgentDesk, 'listOf' | 'stop'>,
): Promise<AgentRunStop[]> {
  if (run.flow !== flowNames.componentAnalysis) return [];
  try {
    const asked = await agents.listOf(run);
    const open = asked.filter(({ state }) => !isFinalAgentRunState(state));
    return await Promise.all(open.map((agentRun) => stopOne(agentRun, agents)));
  } catch (error) {
    const fields = { runId: run.id, ...errorFields(error) };
    createLogger().warn('The agents of a stopped run cannot be looked up', fields);
    return [];
  }
}

async function stopOne(
  agentRun: AgentRun,
  { stop }: Pick<AgentDesk, 'stop'>,
): Promise<AgentRunStop> {
  try {
    return await stop(agentRun.id, 'part of its run');
  } catch (error) {
    return { outcome: 'goes-on', agentRun, why: messageOf(error) };
  }
}
