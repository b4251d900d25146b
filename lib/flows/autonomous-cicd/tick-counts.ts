import type { ChoreResult } from './work-off.ts';

/** What one tick has come to. */
export interface TickCounts {
  /** Things that do not go on by themselves. Without the tracking table, which is looked at each time. */
  seen: number;
  /** Deliveries and requests that were handed on to be decided, and analyses that were made up for. */
  started: number;
  /** Runs that were ended, or started again, agent runs that were given up, and answers that were written. */
  recovered: number;
  /** Left for a later tick: paused, no agent is ready, no room in a budget, or more than one tick takes on. */
  refused: number;
  /**
   * Places that could not be looked at, and things that could not be worked off. A run that has a result has none of
   * them: where there are some, it fails in words, and its log has these counts.
   */
  failed: number;
}

/** @param results by what the chores are for: `told` shows outside what is known */
export function countTick({
  handedOn,
  recovered,
  told,
}: Record<'handedOn' | 'recovered' | 'told', readonly ChoreResult[]>): TickCounts {
  const worked = [...handedOn, ...recovered];
  return {
    seen: sum(worked, ({ found }) => found),
    started: sum(handedOn, ({ done }) => done),
    recovered: sum(recovered, ({ done }) => done),
    refused: sum(worked, ({ left }) => left),
    failed: sum([...worked, ...told], ({ problems }) => problems.length),
  };
}

function sum(results: readonly ChoreResult[], of: (result: ChoreResult) => number): number {
  return results.reduce((total, result) => total + of(result), 0);
}
