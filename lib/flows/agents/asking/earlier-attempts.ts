import {
  isFinalAgentRunState,
  mostAttempts,
  type AgentRun,
} from '../../../domain/agents/agent-run.ts';
import { categorySchema, type Category } from '../../../domain/finding.ts';
import type { AgentRuns } from '../agent-runs.ts';
import { agentRunId } from './agent-run-id.ts';

/** Where a run begins to ask, after those before it. */
export interface FirstAttempt {
  /** From 1; above `mostAttempts` when none is left. */
  number: number;
  /** It was asked for and is not to be asked for anew: it is looked for before it waits for a place. */
  isKnown: boolean;
  /** What is known of the attempt before; null where there was none. */
  before: { problem: string } | null;
}

export type FirstAttempts = Partial<Record<Category, FirstAttempt>>;

/**
 * What has become of the agent runs that earlier runs of the same chain have asked for. Empty where they have asked
 * for none.
 * @throws UpstreamError when the store cannot be used
 */
export async function readFirstAttempts(
  chain: { rootRunId: string; stack: string },
  agentRuns: Pick<AgentRuns, 'get'>,
): Promise<FirstAttempts> {
  const attempts: FirstAttempts = {};
  for (const analysis of categorySchema.options) {
    const last = await lastAttempt({ ...chain, analysis }, agentRuns);
    if (last !== undefined) attempts[analysis] = attemptAfter(last);
  }
  return attempts;
}

/** One number after the other is asked for: the first that is not known was not asked for. */
async function lastAttempt(
  asked: { rootRunId: string; stack: string; analysis: Category },
  agentRuns: Pick<AgentRuns, 'get'>,
): Promise<AgentRun | undefined> {
  let last: AgentRun | undefined;
  for (let number = 1; number <= mostAttempts; number += 1) {
    const run = await agentRuns.get(agentRunId({ ...asked, number }));
    if (run === undefined) break;
    last = run;
  }
  return last;
}

function attemptAfter({ attempt, isUnwanted, problem, state }: AgentRun): FirstAttempt {
  const isOver = isFinalAgentRunState(state) && state !== 'succeeded';
  if (!isOver || isUnwanted === true) {
    return { number: attempt, isKnown: true, before: null };
  }
  const words = problem ?? `The agent run ended as ${state}.`;
  return { number: attempt + 1, isKnown: false, before: { problem: words } };
}
