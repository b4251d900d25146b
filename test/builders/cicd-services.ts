import { normaliseGithubEvent } from '../../lib/adapters/github/webhooks/normalise-event.ts';
import type { BusEvent } from '../../lib/domain/event.ts';
import type { DispatchContext } from '../../lib/domain/dispatch/decision.ts';
import type { Chore, CicdServices } from '../../lib/flows/autonomous-cicd/chore.ts';
import { createAgentBudget } from '../../lib/flows/agents/agent-budget.ts';
import { createAgentRuns } from '../../lib/flows/agents/agent-runs.ts';
import { createDeferredAnalyses } from '../../lib/flows/agents/deferred-analyses.ts';
import { createAgentPause } from '../../lib/flows/agent-pause.ts';
import { createFairOrder } from '../../lib/flows/autonomous-cicd/fair-order.ts';
import { workOff } from '../../lib/flows/autonomous-cicd/work-off.ts';
import { createIssueAsks } from '../../lib/flows/dispatch/issue-asks.ts';
import { createKnownRequests } from '../../lib/flows/dispatch/known-requests.ts';
import { createToldPushes } from '../../lib/flows/dispatch/told-pushes.ts';
import { createDeliveryRecords } from '../../lib/flows/dispatch/delivery-records.ts';
import { dispatchEvent } from '../../lib/flows/dispatch/run.ts';
import { createSessionMemories } from '../../lib/flows/agent-session/session-memory.ts';
import type { Store } from '../../lib/ports/store.ts';
import { parseConfig } from '../../lib/runtime/config.ts';
import type { ConfigInput } from '../../lib/runtime/config-schema.ts';
import type { FlowContext } from '../../lib/runtime/flow-context.ts';
import { noSessions } from './agent-sessions.ts';
import { buildStore, StartedRuns } from './dispatch-services.ts';
import { buildDispatchContext } from './events.ts';
import { RemoteAgents } from './remote-agents.ts';
import { HostedBranches } from './hosted-branches.ts';
import { PolledWorkspace } from './polled-workspace.ts';
import { SentWebhooks } from './sent-webhooks.ts';

const minuteMs = 60_000;

/** `acme/shop`, analysed on push, beside whatever else is configured. */
export const shopConfig: ConfigInput = {
  repositories: [
    {
      name: 'acme/shop',
      analyseOnPush: true,
      components: { orders: ['orders'], web: ['web'] },
    },
  ],
};

/** What lies outside, as hand-made senders that behave; nothing is asked of any of them at first. */
export function buildOutside() {
  return {
    github: new HostedBranches(),
    webhooks: new SentWebhooks(),
    linear: new PolledWorkspace(),
    agents: new RemoteAgents(),
  };
}

/** What chores take from outside and remember of it. @param now milliseconds since the epoch */
export function outsideServices(
  store: Store,
  outside: ReturnType<typeof buildOutside>,
  { config = shopConfig, now }: { config?: ConfigInput; now: () => number },
) {
  const { agents, github, linear, webhooks } = outside;
  const settings = parseConfig(config).agents;
  return {
    store,
    agents: {
      providers: agents,
      agentRuns: createAgentRuns(store, { now, retentionDays: 14 }),
      budget: createAgentBudget({ store, pause: createAgentPause(store, now), settings, now }),
      deferred: createDeferredAnalyses(store, now),
      now,
    },
    requests: createKnownRequests(store, Date.now),
    pushes: createToldPushes(store, Date.now),
    config: { config: parseConfig(config), folder: '/src' },
    tracker: linear,
    sessions: noSessions,
    sessionMemories: createSessionMemories(store, Date.now),
    trackerAdmin: linear,
    codeHost: github,
    sentDeliveries: webhooks,
    normalise: normaliseGithubEvent,
    secrets: { isSet: async () => true },
    answers: { listOwed: async () => [], settle: async () => {} },
    tracking: { update: async () => 'idle' as const },
  };
}

/**
 * Chores over a store, with a dispatcher that decides what is published at once. The clock stands still
 * until it is put forward.
 */
export function buildCicd(
  options: { config?: ConfigInput; context?: Partial<DispatchContext> } = {},
) {
  let now = Date.parse('2026-11-22T12:00:00.000Z');
  const store = buildStore(() => now);
  const outside = buildOutside();
  outside.webhooks.now = () => new Date(now);
  const runs = new StartedRuns();
  const deliveries = createDeliveryRecords(store, () => now);
  const requests = createKnownRequests(store, () => now);
  const pushes = createToldPushes(store, () => now);
  const context = buildDispatchContext(options.context);
  const pause = { get: async () => null };
  const asks = createIssueAsks({ now: () => now, runs, store });
  const dispatch = (event: BusEvent) =>
    dispatchEvent(event, { asks, deliveries, runs, context, pause, requests, pushes });
  const services: CicdServices = {
    ...outsideServices(store, outside, { ...options, now: () => now }),
    requests,
    pushes,
    dispatch: context,
    deliveries,
    bus: {
      publish: async (event) => {
        await deliveries.add(event);
        await dispatch(event);
      },
    },
    runs: {
      list: async () => ({ runs: [], next: null }),
      get: async () => undefined,
      getSummary: async () => undefined,
      retry: async () => ({ runId: 'none' }),
      start: (request) => runs.start(request),
      stop: async () => {},
    },
    pause,
    clock: { now: () => new Date(now) },
    order: createFairOrder(),
    scheduledFlows: [],
    awakeSince: () => 0,
  };
  const said: string[] = [];
  return {
    services,
    deliveries,
    runs,
    dispatch,
    said,
    ...outside,
    now: () => now,
    /** Minutes before now. */
    ago: (minutes: number) => new Date(now - minutes * minuteMs),
    putForward: (minutes: number) => {
      now += minutes * minuteMs;
    },
    work: <Item extends { id: string }>(chore: Chore<Item>) => workChore(chore, services, said),
  };
}

/** One turn of a chore by the rules of a run: what it found, and what went wrong. */
async function workChore<Item extends { id: string }>(
  chore: Chore<Item>,
  services: CicdServices,
  said: string[],
) {
  let ids: string[] = [];
  const find: typeof chore.find = async (...args) => {
    const found = await chore.find(...args);
    ids = found.map(({ id }) => id);
    return found;
  };
  const { problems } = await workOff(
    contextOf(said),
    { ...chore, find },
    { services, paused: false },
  );
  return { found: ids, problems };
}

/** Of a run whose tasks are done at once, and once. @param said gets the fields of its warnings */
function contextOf(said: string[]): Pick<FlowContext, 'task'> {
  const warn = (_message: string, fields: unknown) => void said.push(JSON.stringify(fields));
  const log = { debug: () => {}, info: () => {}, error: () => {}, warn };
  return { task: (_name, _retries, work) => work({ log, attempt: 1 }) };
}
