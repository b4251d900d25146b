import type { Store } from '../../ports/store.ts';
import type { Config } from '../../runtime/config-schema.ts';
import type { AgentPause } from '../agent-pause.ts';

/** What agents may cost, for all processes together. All methods throw UpstreamError when the store cannot be used. */
export interface AgentBudget {
  /**
   * To be asked right before an agent run is started. Granted, it holds a place among the concurrent ones until it is
   * released or its lease runs out; asked again for the same id, it is granted again and counts once.
   */
  take(start: AgentStart): Promise<BudgetDecision>;
  /** Without effect when it holds none. */
  release(id: string): Promise<void>;
  /** For people: what is used, and of how much. */
  view(): Promise<BudgetUse[]>;
}

export interface AgentStart {
  /** Of the agent run. */
  id: string;
  repository: string;
  /** The same for every run of one cause and analysis. */
  cause: string;
}

export type BudgetLimit =
  | 'concurrent'
  | 'repository-concurrent'
  | 'minute'
  | 'day'
  | 'repository-day'
  | 'cause'
  | 'paused';

export type BudgetDecision =
  | { kind: 'granted' }
  /** There will be room soon. `reason`: a sentence for people. */
  | { kind: 'wait'; limit: BudgetLimit; reason: string }
  /** Not today. `retryAt`: when there may be room, ISO 8601 UTC; null when nobody can say. */
  | { kind: 'refused'; limit: BudgetLimit; reason: string; retryAt: string | null };

export interface BudgetUse {
  limit: BudgetLimit;
  /** Null: over all repositories. */
  repository: string | null;
  used: number;
  allowed: number;
}

export function createAgentBudget(_options: {
  store: Store;
  pause: Pick<AgentPause, 'get'>;
  settings: Config['agents'];
  /** Milliseconds since the epoch. */
  now: () => number;
}): AgentBudget {
  return { take: async () => ({ kind: 'granted' }), release: async () => {}, view: async () => [] };
}
