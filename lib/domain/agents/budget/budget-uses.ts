import type { BudgetLimits, BudgetUse } from './budget-decision.ts';
import { currentState, grantedStarts, minuteMs, type BudgetState } from './budget-state.ts';

/**
 * What is used of each limit, and reserved of those of a day: those over all repositories first, then those of each
 * repository that has used something, by name.
 * @param now milliseconds since the epoch
 */
export function listUses(
  before: BudgetState,
  { limits, now }: { limits: BudgetLimits; now: number },
): BudgetUse[] {
  const state = currentState(before, now);
  const { holders, starts } = state;
  const used = grantedStarts(state).filter(({ at }) => at > now - minuteMs).length;
  const names = new Set([...holders, ...starts].map(({ repository }) => repository));
  return [
    { limit: 'concurrent', repository: null, used: holders.length, allowed: limits.concurrent },
    { limit: 'minute', repository: null, used, allowed: limits.startsPerMinute },
    { limit: 'day', repository: null, used: starts.length, allowed: limits.startsPerDay },
    ...[...names].toSorted().flatMap((repository) => usesOf(repository, state, limits)),
  ];
}

function usesOf(
  repository: string,
  { holders, starts }: BudgetState,
  { concurrentPerRepository, startsPerDayPerRepository }: BudgetLimits,
): BudgetUse[] {
  const isOfIt = (one: { repository: string }) => one.repository === repository;
  return [
    {
      limit: 'repository-concurrent',
      repository,
      used: holders.filter(isOfIt).length,
      allowed: concurrentPerRepository,
    },
    {
      limit: 'repository-day',
      repository,
      used: starts.filter(isOfIt).length,
      allowed: startsPerDayPerRepository,
    },
  ];
}
