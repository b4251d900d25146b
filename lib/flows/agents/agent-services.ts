import type { AgentProviders } from '../../ports/agent-provider.ts';
import type { Config } from '../../runtime/config-schema.ts';
import type { AgentBudget } from './agent-budget.ts';
import type { AgentRuns } from './agent-runs.ts';
import type { DeferredAnalyses } from './deferred-analyses.ts';

/** What agents are asked with. */
export interface AgentServices {
  providers: AgentProviders;
  agentRuns: AgentRuns;
  budget: AgentBudget;
  deferred: DeferredAnalyses;
  settings: Config['agents'];
  /** Milliseconds since the epoch. */
  now: () => number;
}
