import type { BudgetLimits, Refused } from './budget-decision.ts';
import { pausedRefusal, startsRefusal } from './budget-reasons.ts';
import { currentState, type BudgetState } from './budget-state.ts';
import { usedStarts } from './used-starts.ts';

/** Who asks for agents side by side. */
export interface AskedAnalysis {
  repository: string;
  /** How many agent runs it wants at once. */
  wanted: number;
}

/** The circumstances; times in milliseconds since the epoch. */
interface AnalysisTerms {
  limits: BudgetLimits;
  /** Null while starts are not paused. `since`: ISO 8601 UTC. */
  paused: { since: string } | null;
  now: number;
}

/**
 * Why an analysis that has not begun to ask is to ask no agent today: were only some of them started, the others could
 * not be made up for without asking those again. Undefined where there is room for all.
 */
export function refuseAnalysis(
  before: BudgetState,
  { repository, wanted }: AskedAnalysis,
  { limits, now, paused }: AnalysisTerms,
): Refused | undefined {
  if (paused !== null) return pausedRefusal(paused);
  const { starts } = currentState(before, now);
  const ofRepository = starts.filter((start) => start.repository === repository);
  const { startsPerDay, startsPerDayPerRepository } = limits;
  const ofDay = usedStarts(starts, { allowed: startsPerDay, wanted });
  const ofItsDay = usedStarts(ofRepository, { allowed: startsPerDayPerRepository, wanted });
  return (
    startsRefusal('day', { ...ofDay, repository }) ??
    startsRefusal('repository-day', { ...ofItsDay, repository })
  );
}
