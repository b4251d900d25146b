import type { BudgetDecision, BudgetLimits } from './budget-decision.ts';
import {
  pausedRefusal,
  placesWait,
  rateWait,
  startsRefusal,
  type NotGranted,
} from './budget-reasons.ts';
import {
  currentState,
  grantedStarts,
  minuteMs,
  withoutUnused,
  type BudgetState,
  type CountedStart,
} from './budget-state.ts';
import { usedStarts, type UsedStarts } from './used-starts.ts';

/** Who asks. */
export type AskedStart = Omit<CountedStart, 'at' | 'isReserved'>;

/** The circumstances of a decision; times in milliseconds since the epoch. */
export interface BudgetTerms {
  limits: BudgetLimits;
  /** Null while starts are not paused. `since`: ISO 8601 UTC. */
  paused: { since: string } | null;
  now: number;
  /** For how long a place is held, unless it is released before. */
  leaseMs: number;
}

/**
 * Whether an agent run may be started, and what is used then. What no later time can change is said first: nobody
 * is to wait for a place that would be of no use. Who has been granted already counts once, and while the lease
 * lasts nothing but a pause stands in the way. Whose start was reserved has room in its day.
 */
export function decideStart(
  before: BudgetState,
  start: AskedStart,
  terms: BudgetTerms,
): { decision: BudgetDecision; state: BudgetState } {
  const state = currentState(before, terms.now);
  const objection = objectionTo(state, start, terms);
  if (objection !== undefined) return { decision: objection, state };
  return { decision: { kind: 'granted' }, state: withStart(state, start, terms) };
}

function objectionTo(
  state: BudgetState,
  start: AskedStart,
  terms: BudgetTerms,
): NotGranted | undefined {
  if (terms.paused !== null) return pausedRefusal(terms.paused);
  if (state.holders.some(({ id }) => id === start.id)) return undefined;
  const isGranted = grantedStarts(state).some(({ id }) => id === start.id);
  return (
    (isGranted ? undefined : objectionOfStarts(state, start, terms)) ??
    objectionOfPlaces(state, start, terms)
  );
}

/** By the starts of the last day, and of the last minute. */
function objectionOfStarts(
  state: BudgetState,
  start: AskedStart,
  { limits, now }: BudgetTerms,
): NotGranted | undefined {
  const { cause, id, repository } = start;
  const { attemptsPerCause, startsPerMinute } = limits;
  const granted = grantedStarts(state);
  const ofCause = granted.filter((one) => one.cause === cause);
  const ofMinute = granted.filter(({ at }) => at > now - minuteMs);
  const isReserved = state.starts.some((one) => one.id === id);
  return (
    startsRefusal('cause', { ...usedBy(ofCause, attemptsPerCause), repository }) ??
    (isReserved ? undefined : objectionOfDay(state, start, limits)) ??
    rateWait({ used: ofMinute.length, allowed: startsPerMinute })
  );
}

function objectionOfDay(
  { starts }: BudgetState,
  { repository }: AskedStart,
  { startsPerDay, startsPerDayPerRepository }: BudgetLimits,
): NotGranted | undefined {
  const ofRepository = starts.filter((one) => one.repository === repository);
  return (
    startsRefusal('day', { ...usedBy(starts, startsPerDay), repository }) ??
    startsRefusal('repository-day', {
      ...usedBy(ofRepository, startsPerDayPerRepository),
      repository,
    })
  );
}

function usedBy(starts: readonly CountedStart[], allowed: number): UsedStarts {
  return usedStarts(starts, { allowed, wanted: 1 });
}

/** By the agent runs that are under way. */
function objectionOfPlaces(
  { holders }: BudgetState,
  { repository }: AskedStart,
  { limits }: BudgetTerms,
): NotGranted | undefined {
  const ofRepository = holders.filter((holder) => holder.repository === repository);
  const { concurrent, concurrentPerRepository } = limits;
  return (
    placesWait('concurrent', { used: holders.length, allowed: concurrent, repository }) ??
    placesWait('repository-concurrent', {
      used: ofRepository.length,
      allowed: concurrentPerRepository,
      repository,
    })
  );
}

function withStart(
  state: BudgetState,
  start: AskedStart,
  { leaseMs, now }: BudgetTerms,
): BudgetState {
  const { id, repository } = start;
  const { holders, starts } = withoutUnused(state, id);
  const isCounted = starts.some((counted) => counted.id === id);
  return {
    holders: [...holders, { id, repository, until: now + leaseMs }],
    starts: isCounted ? starts : [...starts, { ...start, at: now }],
  };
}
