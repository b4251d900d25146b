import { createAgentDesk, type AgentDesk } from '../../infra/desk/agent-desk.ts';
import type { AgentRun } from '../../lib/domain/agents/agent-run.ts';
import type { SecretName } from '../../lib/domain/secret-names.ts';
import { createAgentBudget, type AgentBudget } from '../../lib/flows/agents/agent-budget.ts';
import { createAgentRuns, type AgentRuns } from '../../lib/flows/agents/agent-runs.ts';
import type { AgentProvider } from '../../lib/ports/agent-provider.ts';
import { parseConfig } from '../../lib/runtime/config.ts';
import { countNothing } from './count-nothing.ts';
import { buildAgentRun } from './agent-runs.ts';
import { buildStore } from './dispatch-services.ts';

interface AgentDeskOptions {
  /** What is remembered, by their ids or in full. Default: nothing. */
  agentRuns?: readonly (AgentRun | string)[];
  /** What the provider can do beside starting agent runs. */
  provider?: Partial<AgentProvider>;
  /** Secrets that have a value. Default: those of Codegen. */
  set?: readonly SecretName[];
}

interface BuiltDesk {
  desk: AgentDesk;
  agentRuns: AgentRuns;
  budget: AgentBudget;
}

const now = () => Date.parse('2026-11-23T13:00:00.000Z');

/** A desk over a real store, at 13:00 on 2026-11-23. Nobody may ask its provider for an agent run. */
export async function buildAgentDesk({
  agentRuns = [],
  provider = {},
  set = ['CODEGEN_API_TOKEN', 'CODEGEN_ORG_ID'],
}: AgentDeskOptions = {}): Promise<BuiltDesk> {
  countNothing();
  const store = buildStore(now);
  const settings = parseConfig({}).agents;
  const pause = { get: async () => null };
  const known = createAgentRuns(store, { now, retentionDays: 14 });
  for (const one of agentRuns) {
    await known.add(typeof one === 'string' ? buildAgentRun({ id: one }) : one);
  }
  const budget = createAgentBudget({ store, pause, settings, now });
  const codegen: AgentProvider = { ...onlyToBeLookedAt, ...provider };
  const desk = createAgentDesk({
    services: {
      agentRuns: known,
      budget,
      now,
      providers: { current: () => codegen, of: () => codegen },
      settings,
    },
    secrets: { isSet: async (name) => set.includes(name) },
    store,
  });
  return { desk, agentRuns: known, budget };
}

const refuse = () => Promise.reject(new Error('A desk asks no agent.'));

const onlyToBeLookedAt: AgentProvider = {
  name: 'codegen',
  isConfigured: async () => true,
  start: refuse,
  get: refuse,
  probe: refuse,
};
