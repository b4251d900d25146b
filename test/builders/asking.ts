import { createAgentBudget } from '../../lib/flows/agents/agent-budget.ts';
import { createAgentRuns } from '../../lib/flows/agents/agent-runs.ts';
import type { RunSummary } from '../../lib/domain/run.ts';
import type { ChosenAgent } from '../../lib/flows/agents/asking/choose-agent.ts';
import type { AskServices } from '../../lib/flows/agents/asking/ask-services.ts';
import type { PromptTaskRequest } from '../../lib/flows/component-analysis/tasks/write-prompt.ts';
import type { AnalysedComponent } from '../../lib/flows/component-analysis/tasks/static-results.ts';
import type { DeferredAnalysis } from '../../lib/flows/agents/deferred-analyses.ts';
import type { AgentProvider, AgentRequest, AgentRunView } from '../../lib/ports/agent-provider.ts';
import { parseConfig } from '../../lib/runtime/config.ts';
import type { ConfigInput } from '../../lib/runtime/config-schema.ts';
import { countNothing } from './count-nothing.ts';
import { buildStore } from './dispatch-services.ts';
import { runSummary } from './runs.ts';
import { buildWaitingFlow } from './waiting-flow.ts';

/** What a look shows: the state of the agent run, undefined where it is not known, an error where nothing is. */
export type PlayedLook = Partial<AgentRunView> | Error | undefined;

/** How an agent run goes: an error instead of its start, or what each look shows; the last one stays. */
export type PlayedRun = Error | readonly PlayedLook[];

export interface AskingOptions {
  agents?: ConfigInput['agents'];
  /** Agent runs in the order of their starts; the last one is that of all later ones. */
  runs?: readonly PlayedRun[];
  provider?: Partial<AgentProvider>;
  /** What the answer is read as, by its text. Default: answered. */
  kindOf?: (text: string) => 'answered' | 'declined' | 'unusable';
}

export const startOfAsking = Date.parse('2026-11-02T08:00:00Z');

/** So many minutes after it, ISO 8601 UTC. */
export function minutesLater(count: number): string {
  return new Date(startOfAsking + count * 60_000).toISOString();
}

/** Who is asked by a run that begins. */
export function buildChosenAgent(agent: Partial<ChosenAgent> = {}): ChosenAgent {
  return {
    provider: 'codegen',
    latestStart: minutesLater(6 * 60),
    latestEnd: minutesLater(12 * 60),
    rootRunId: 'run-1',
    firstAttempts: {},
    ...agent,
  };
}

const succeeded: PlayedLook = { state: 'succeeded', status: 'COMPLETE', text: 'All is well.' };

/** Everything that agents are asked with, on a real store in memory and a clock that waits put forward. */
export function buildAsking({
  agents,
  kindOf,
  provider,
  runs = [[succeeded]],
}: AskingOptions = {}) {
  countNothing();
  let time = startOfAsking;
  const now = () => time;
  const letPass = (seconds: number) => {
    time += seconds * 1_000;
  };
  const settings = parseConfig({ agents: agents ?? {} }).agents;
  const store = buildStore(now);
  const played = playProvider(runs);
  const agent: AgentProvider = { ...played.provider, ...provider };
  const prompts: PromptTaskRequest[] = [];
  const deferrals: DeferredAnalysis[] = [];
  const shown: string[] = [];
  const flowRuns = new Map<string, RunSummary>();
  let pausedSince: string | null = null;
  const services: AskServices = {
    agentRuns: createAgentRuns(store, { now, retentionDays: 14 }),
    budget: createAgentBudget({
      store,
      pause: { get: async () => (pausedSince === null ? null : { since: pausedSince }) },
      settings,
      now,
    }),
    deferred: {
      defer: async (analysis) => void deferrals.push(analysis),
      get: async () => undefined,
      list: async () => [],
      remove: async () => {},
    },
    instructionsFor: () => null,
    now,
    pauses: { agent: () => 60, budget: () => 60 },
    progress: {
      show: async ({ stages }) => void shown.push(JSON.stringify([...stages])),
    },
    providers: { current: () => agent, of: () => agent },
    runs: { getSummary: async (id) => flowRuns.get(id) ?? runSummary({ id }) },
    settings,
    stack: 'test',
    tasks: {
      writePrompt: async (request) => {
        prompts.push(request);
        return `Look at ${request.analysis}.`;
      },
      readAgentAnswer: async ({ analysis, text }) => {
        const kind = kindOf?.(text) ?? 'answered';
        const problem = kind === 'answered' ? null : `The answer is ${kind}.`;
        return { kind, answer: `answer-of-${analysis}`, problem, findings: 0, dropped: 0 };
      },
    },
  };
  return {
    ...buildWaitingFlow(letPass),
    deferrals,
    flowRuns,
    letPass,
    now,
    pause: () => {
      pausedSince = new Date(time).toISOString();
    },
    prompts,
    requests: played.requests,
    services,
    shown,
  };
}

function playProvider(runs: readonly PlayedRun[]) {
  const requests: AgentRequest[] = [];
  const looks = new Map<string, number>();
  const runOf = (index: number): PlayedRun => runs[Math.min(index, runs.length - 1)] ?? [];

  const show = (index: number): AgentRunView | undefined => {
    const run = runOf(index);
    const providerId = `their-${index}`;
    if (run instanceof Error) throw run;
    const look = looks.get(providerId) ?? 0;
    looks.set(providerId, look + 1);
    const seen = run[Math.min(look, run.length - 1)];
    if (seen instanceof Error) throw seen;
    return seen && { ...runningView(providerId), ...seen };
  };
  const provider: AgentProvider = {
    name: 'codegen',
    isConfigured: async () => true,
    start: async (request) => {
      requests.push(request);
      const index = requests.length - 1;
      const run = runOf(index);
      if (run instanceof Error) throw run;
      return runningView(`their-${index}`);
    },
    get: async (providerId) => show(Number(providerId.replace('their-', ''))),
    probe: async () => ({ account: 'nobody' }),
  };
  return { provider, requests };
}

/** Of an agent run that has just begun. */
export function runningView(providerId: string): AgentRunView {
  return {
    providerId,
    state: 'running',
    status: 'ACTIVE',
    text: null,
    url: `https://agents.example/${providerId}`,
    pullRequests: [],
    createdAt: null,
    endedAt: null,
    problem: null,
  };
}

/** A component of which linters and parsers have found all they find. */
export const askedComponent: AnalysedComponent = {
  runId: 'run-1',
  input: {
    repository: 'acme/shop',
    component: 'orders',
    paths: ['orders/**'],
    source: { kind: 'folder', path: '/src/shop' },
    origin: { kind: 'linear-issue', id: 'issue-1', identifier: 'ENG-7' },
    agents: true,
  },
  files: { snapshot: 'snapshot', commit: null, previousReport: null },
  quality: { facts: 'facts', qualityHits: 'hits', duplicatedLines: 0, notes: [] },
  architecture: { architecture: 'architecture' },
  integration: { integration: 'integration' },
};
