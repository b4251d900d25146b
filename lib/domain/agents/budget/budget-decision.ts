/** Those that have room again soon. */
export type WaitLimit = 'concurrent' | 'repository-concurrent' | 'minute';

/** Those that may have no room for the rest of a day. */
export type RefusalLimit = 'day' | 'repository-day' | 'cause' | 'paused';

export type BudgetLimit = WaitLimit | RefusalLimit;

/** Whether an agent run may be started. */
export type BudgetDecision =
  | { kind: 'granted' }
  /** There will be room soon. `reason`: a sentence for people. */
  | { kind: 'wait'; limit: WaitLimit; reason: string }
  /** Not today. `retryAt`: when there may be room, ISO 8601 UTC; null when nobody can say. */
  | { kind: 'refused'; limit: RefusalLimit; reason: string; retryAt: string | null };

export type Refused = Extract<BudgetDecision, { kind: 'refused' }>;

export interface BudgetUse {
  limit: BudgetLimit;
  /** Null: over all repositories. */
  repository: string | null;
  used: number;
  allowed: number;
}

/** What agents may cost. */
export interface BudgetLimits {
  concurrent: number;
  concurrentPerRepository: number;
  startsPerMinute: number;
  startsPerDay: number;
  startsPerDayPerRepository: number;
  attemptsPerCause: number;
}
