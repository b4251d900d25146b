import {
  isFinalAgentRunState,
  type AgentRun,
  type AgentRunState,
} from '../../../domain/agents/agent-run.ts';
import type { AgentRunView } from '../../../ports/agent-provider.ts';
import { countMetric } from '../../../runtime/metrics.ts';
import type { AgentServices } from '../agent-services.ts';

/** What is known of an agent run at its end. */
export type Ending = Pick<AgentRun, 'isUnwanted' | 'problem'> & {
  state: AgentRunState;
  /** Nobody has seen the agent stop: its place is not for another yet. */
  mayBeAtWork: boolean;
  /** `endedAt`: when the agent has stopped, where its provider tells; else it is taken to end now. */
  view?: Partial<
    Pick<AgentRun, 'answer' | 'endedAt' | 'providerId' | 'pullRequests' | 'status' | 'url'>
  >;
};

/**
 * Writes down how an agent run has ended. Its place goes to another at once, or with its lease where the agent may
 * still be at work: no more than the allowed ones are to be. One that somebody else has ended stays as it is. May be
 * called again.
 * @returns undefined when there is none of this id
 * @throws UpstreamError when the store cannot be used
 */
export async function closeAgentRun(
  { agentRuns, budget, now }: Pick<AgentServices, 'agentRuns' | 'budget' | 'now'>,
  id: string,
  { isUnwanted, mayBeAtWork, problem, state, view }: Ending,
): Promise<AgentRun | undefined> {
  const placeUntil = mayBeAtWork ? await budget.heldUntil(id) : undefined;
  let isFirst = false;
  const run = await agentRuns.change(id, (before) => {
    isFirst = !isFinalAgentRunState(before.state);
    const endedAt = endOf(before, view?.endedAt ?? null, now());
    const end = { state, endedAt, problem, placeUntil, ...(isUnwanted && { isUnwanted }) };
    if (isFirst) return { ...before, ...view, ...end };
    const isFree = !mayBeAtWork && before.placeUntil !== undefined;
    return isFree ? { ...before, placeUntil } : before;
  });
  if (isFirst && run !== undefined) {
    countMetric('AgentRunEnded', { provider: run.provider, outcome: outcomeOf(run.state) });
  }
  if (!mayBeAtWork) await budget.release(id);
  return run;
}

/** A service may go by another clock. @param told ISO 8601 UTC @returns ISO 8601 UTC */
function endOf({ startedAt }: AgentRun, told: string | null, now: number): string {
  const end = told === null ? now : Math.min(now, Date.parse(told));
  return new Date(Math.max(end, Date.parse(startedAt))).toISOString();
}

/** An agent may open any number, and nobody looks through more. */
const mostPullRequests = 20;

/** What is written down of how an agent run was seen at last. */
export function keptOf({
  endedAt,
  providerId,
  pullRequests,
  status,
  url,
}: AgentRunView): NonNullable<Ending['view']> {
  const kept = pullRequests.slice(0, mostPullRequests);
  return { endedAt, providerId, pullRequests: kept, status, ...(url !== null && { url }) };
}

function outcomeOf(state: AgentRunState): 'succeeded' | 'failed' | 'cancelled' {
  return state === 'succeeded' || state === 'cancelled' ? state : 'failed';
}
