import { categorySchema } from '../../finding.ts';
import type { BudgetUse } from './budget-decision.ts';

/** An analysis asks one agent for each of its parts, at once. */
export const agentRunsEach = categorySchema.options.length;

/**
 * Analyses whose agents may all be started today, in their order. One that finds no room keeps no other repository
 * waiting. Where a day allows less than an analysis asks for, all wait for a higher limit.
 */
export function chooseByRoom<Item extends { repository: string }>(
  items: readonly Item[],
  uses: readonly BudgetUse[],
): Item[] {
  const days = uses
    .filter(({ limit }) => limit === 'day' || limit === 'repository-day')
    .map(({ allowed, repository, used }) => ({ repository, left: allowed - used }));
  return items.filter(({ repository }) => {
    const concerned = days.filter((day) => (day.repository ?? repository) === repository);
    const hasRoom = concerned.every(({ left }) => left >= agentRunsEach);
    if (hasRoom) for (const day of concerned) day.left -= agentRunsEach;
    return hasRoom;
  });
}
