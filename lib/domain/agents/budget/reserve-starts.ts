import type { BudgetLimits, Refused } from './budget-decision.ts';
import { pausedRefusal, startsRefusal } from './budget-reasons.ts';
import { currentState, grantedStarts, type BudgetState } from './budget-state.ts';
import type { AskedStart } from './decide-start.ts';
import { usedStarts } from './used-starts.ts';

/** Who asks for agents side by side. */
export interface AskedAnalysis {
  repository: string;
  /** The agent runs that it wants at once. */
  wanted: readonly Omit<AskedStart, 'repository'>[];
}

/** The circumstances; times in milliseconds since the epoch. */
interface AnalysisTerms {
  limits: BudgetLimits;
  /** Null while starts are not paused. `since`: ISO 8601 UTC. */
  paused: { since: string } | null;
  now: number;
}

/**
 * Keeps a start of the day for each agent run of an analysis, or says why it is to ask no agent today: were only some
 * of them started, the others could not be made up for without asking those again. What was granted before stays so,
 * and what was reserved before is reserved anew.
 */
export function reserveStarts(
  before: BudgetState,
  { repository, wanted }: AskedAnalysis,
  { limits, now, paused }: AnalysisTerms,
): { refused: Refused | undefined; state: BudgetState } {
  const state = currentState(before, now);
  const granted = new Set(grantedStarts(state).map(({ id }) => id));
  const missing = wanted.filter(({ id }) => !granted.has(id));
  const starts = state.starts.filter((start) => !missing.some(({ id }) => id === start.id));
  const asked = { repository, wanted: missing.length };
  const refused = paused === null ? objectionOfDay(starts, asked, limits) : pausedRefusal(paused);
  if (refused !== undefined) return { refused, state };
  const reserved = missing.map(({ cause, id }) => {
    return { id, repository, cause, at: now, isReserved: true as const };
  });
  return { refused, state: { ...state, starts: [...starts, ...reserved] } };
}

function objectionOfDay(
  starts: BudgetState['starts'],
  { repository, wanted }: { repository: string; wanted: number },
  { startsPerDay, startsPerDayPerRepository }: BudgetLimits,
): Refused | undefined {
  if (wanted === 0) return undefined;
  const ofRepository = starts.filter((start) => start.repository === repository);
  const ofDay = usedStarts(starts, { allowed: startsPerDay, wanted });
  const ofItsDay = usedStarts(ofRepository, { allowed: startsPerDayPerRepository, wanted });
  return (
    startsRefusal('day', { ...ofDay, repository }) ??
    startsRefusal('repository-day', { ...ofItsDay, repository })
  );
}
