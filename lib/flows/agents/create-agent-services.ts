import type { HostServices } from '../../runtime/host-services.ts';
import { createAgentPause } from '../agent-pause.ts';
import { createAgentBudget } from './agent-budget.ts';
import { createAgentRuns } from './agent-runs.ts';
import type { AgentServices } from './agent-services.ts';
import { createDeferredAnalyses } from './deferred-analyses.ts';

/** What agents are asked with, of what a host has. */
export function createAgentServices({
  agents,
  config: { config },
  store,
}: Pick<HostServices, 'agents' | 'config' | 'store'>): AgentServices {
  const now = Date.now;
  const pause = createAgentPause(store, now);
  const settings = config.agents;
  const { retentionDays } = config.runs;
  return {
    providers: agents,
    agentRuns: createAgentRuns(store, { now, retentionDays }),
    budget: createAgentBudget({ store, pause, settings, now }),
    deferred: createDeferredAnalyses(store, now),
    settings,
    now,
  };
}
