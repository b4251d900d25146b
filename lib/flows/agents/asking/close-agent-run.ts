import {
  isFinalAgentRunState,
  type AgentRun,
  type AgentRunState,
} from '../../../domain/agents/agent-run.ts';
import { countMetric } from '../../../runtime/metrics.ts';
import type { AgentServices } from '../agent-services.ts';

/** What is known of an agent run at its end. */
export type Ending = Pick<AgentRun, 'problem'> & {
  state: AgentRunState;
  view?: Partial<Pick<AgentRun, 'pullRequests' | 'status' | 'url'>>;
};

/**
 * Writes down how an agent run has ended, and gives its place to another. One that somebody else has ended stays as
 * it is. May be called again.
 * @returns undefined when there is none of this id
 * @throws UpstreamError when the store cannot be used
 */
export async function closeAgentRun(
  { agentRuns, budget, now }: Pick<AgentServices, 'agentRuns' | 'budget' | 'now'>,
  id: string,
  { problem, state, view }: Ending,
): Promise<AgentRun | undefined> {
  const endedAt = new Date(now()).toISOString();
  let isFirst = false;
  const run = await agentRuns.change(id, (before) => {
    isFirst = !isFinalAgentRunState(before.state);
    return isFirst ? { ...before, ...view, state, endedAt, problem } : before;
  });
  if (isFirst && run !== undefined) {
    countMetric('AgentRunEnded', { provider: run.provider, outcome: outcomeOf(run.state) });
  }
  await budget.release(id);
  return run;
}

function outcomeOf(state: AgentRunState): 'succeeded' | 'failed' | 'cancelled' {
  return state === 'succeeded' || state === 'cancelled' ? state : 'failed';
}
