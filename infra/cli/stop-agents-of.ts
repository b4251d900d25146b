import { isFinalAgentRunState } from '../../lib/domain/agents/agent-run.ts';
import { messageOf } from '../../lib/domain/errors.ts';
import { oneLineText } from '../../lib/domain/plain-text.ts';
import type { AgentDesk } from '../desk/agent-desk.ts';
import type { RunReader } from '../desk/run-reader.ts';
import { formatStop } from './format-stop.ts';

/**
 * Stops the agent runs of a run that has ended: nobody reads what they answer. One that cannot be stopped now is
 * left to autonomous-cicd.
 * @returns what came of each, a sentence for people
 */
export async function stopAgentsOf(
  runId: string,
  { agents, desk }: { agents: Pick<AgentDesk, 'listOf' | 'stop'>; desk: Pick<RunReader, 'getRun'> },
): Promise<string[]> {
  const asked = await agents.listOf(await desk.getRun(runId));
  const open = asked.filter(({ state }) => !isFinalAgentRunState(state));
  return Promise.all(
    open.map(async ({ id }) => {
      try {
        return formatStop(await agents.stop(id));
      } catch (error) {
        return oneLineText(`Agent run ${id.slice(0, 8)} goes on: ${messageOf(error)}`);
      }
    }),
  );
}
