import type { AgentOutcome } from '../../../domain/agents/agent-part.ts';
import type {
  AgentProviderName,
  AgentPullRequest,
  AgentRun,
} from '../../../domain/agents/agent-run.ts';
import type { Refused } from '../../../domain/agents/budget/budget-decision.ts';
import type { Category } from '../../../domain/finding.ts';
import { oneLineText, shorten } from '../../../domain/plain-text.ts';
import type { BlobKey } from '../../component-analysis/stored-values.ts';
import type { EndedAgent } from '../../component-analysis/tasks/agent-parts.ts';

/** How one attempt has ended: little enough for a checkpoint. */
export interface AttemptEnd {
  outcome: AgentOutcome;
  /** Null where none was started. */
  agentRunId: string | null;
  minutes: number;
  url: string | null;
  pullRequests: AgentPullRequest[];
  /** One line; null where nothing is missing. */
  problem: string | null;
  /** An AgentAnswer; null where there is none. */
  answer: BlobKey | null;
  /** Whether another agent run might do better. */
  mayTryAgain: boolean;
  /** Set where a budget that is made up for was in the way. */
  refusal: Refusal | null;
}

export type Refusal = Pick<Refused, 'limit' | 'reason' | 'retryAt'>;

/** Of one agent run a person needs no more; some providers tell whole logs. */
const longestProblem = 500;

/** Words of a provider, as they may be kept and shown. */
export function tidyProblem(problem: string): string {
  return shorten(oneLineText(problem.slice(0, 10_000)), longestProblem);
}

/** Of an agent run that is over. */
export function endOfRun(
  run: AgentRun,
  { answer = null, mayTryAgain, outcome }: EndedHow,
): AttemptEnd {
  const endedAt = run.endedAt ?? run.startedAt;
  return {
    outcome,
    agentRunId: run.id,
    minutes: Math.max(0, Date.parse(endedAt) - Date.parse(run.startedAt)) / 60_000,
    url: run.url,
    pullRequests: run.pullRequests,
    problem: run.problem,
    answer,
    mayTryAgain,
    refusal: null,
  };
}

interface EndedHow {
  outcome: AgentOutcome;
  answer?: BlobKey | null;
  mayTryAgain: boolean;
}

/** Of an attempt that has left no agent run to be remembered. */
export function endWithoutRun(
  outcome: AgentOutcome,
  problem: string,
  refusal: Refusal | null = null,
): AttemptEnd {
  return {
    outcome,
    agentRunId: null,
    minutes: 0,
    url: null,
    pullRequests: [],
    problem: tidyProblem(problem),
    answer: null,
    mayTryAgain: false,
    refusal,
  };
}

/** A pause ends and a day goes by, so that the analysis can be made up for; what a cause has used up, it has. */
export function refusalOf({ limit, reason, retryAt }: Refused): Refusal | null {
  const passes = limit === 'paused' || (limit !== 'cause' && retryAt !== null);
  return passes ? { limit, reason, retryAt } : null;
}

/** How the agent's part of an analysis has ended, after all attempts. */
export interface EndedAsking extends EndedAgent {
  refusal: Refusal | null;
}

/** @param last `before`: the attempt that it repeats; null where it was the first */
export function endOfAsking(
  { analysis, provider }: { analysis: Category; provider: AgentProviderName },
  { before, last }: { before: AttemptEnd | null; last: AttemptEnd },
): EndedAsking {
  const attempts = before === null ? [last] : [before, last];
  const asked = attempts.filter(({ outcome }) => outcome !== 'not-asked');
  const told = asked.at(-1) ?? last;
  const minutes = attempts.reduce((sum, attempt) => sum + attempt.minutes, 0);
  const end = {
    analysis,
    provider,
    outcome: told.outcome,
    agentRunId: told.agentRunId,
    attempts: asked.length,
    minutes: Math.round(minutes * 10) / 10,
    url: told.url,
    pullRequests: attempts.flatMap(({ pullRequests }) => pullRequests),
    problem: told === last ? last.problem : withoutSecond(told, last),
  };
  return { end, answer: told.answer, refusal: last.refusal };
}

function withoutSecond({ problem }: AttemptEnd, second: AttemptEnd): string {
  const words = [problem, second.problem && `Not asked again: ${second.problem}`];
  return words.filter((word) => word !== null).join(' ');
}
