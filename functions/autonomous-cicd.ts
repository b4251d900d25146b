import { normaliseGithubEvent } from '../lib/adapters/github/webhooks/normalise-event.ts';
import { createAgentServices } from '../lib/flows/agents/create-agent-services.ts';
import { createAgentPause } from '../lib/flows/agent-pause.ts';
import { createSessionMemories } from '../lib/flows/agent-session/session-memory.ts';
import { createFairOrder } from '../lib/flows/autonomous-cicd/fair-order.ts';
import { autonomousCicd } from '../lib/flows/autonomous-cicd/run.ts';
import { createAnalysisServices } from '../lib/flows/component-analysis/create-services.ts';
import { createDeliveryRecords } from '../lib/flows/dispatch/delivery-records.ts';
import { createDispatchContext } from '../lib/flows/dispatch/dispatch-context.ts';
import { createKnownRequests } from '../lib/flows/dispatch/known-requests.ts';
import { createToldPushes } from '../lib/flows/dispatch/told-pushes.ts';
import { flowServices } from './services/flow-services.ts';
import { keepCounts } from './services/keep-counts.ts';
import { analysisTasks } from './threads/analysis-tasks.ts';

/** Works off what was missed, hangs or has failed, every quarter of an hour. */
export const handler = autonomousCicd.handler(async () => {
  const host = await flowServices([
    'agents',
    'awakeSince',
    'bus',
    'codeHost',
    'config',
    'linkTo',
    'runs',
    'secrets',
    'sentDeliveries',
    'sessions',
    'stack',
    'store',
    'tracker',
    'trackerAdmin',
  ]);
  const { config, stack, store } = host;
  const { answers, tracking } = createAnalysisServices(host, analysisTasks);
  return {
    ...host,
    agents: createAgentServices(host),
    deliveries: createDeliveryRecords(store, Date.now),
    sessionMemories: createSessionMemories(store, Date.now),
    requests: createKnownRequests(store, Date.now),
    pushes: createToldPushes(store, Date.now),
    pause: createAgentPause(store, Date.now),
    clock: { now: () => new Date() },
    dispatch: createDispatchContext(config, stack),
    normalise: normaliseGithubEvent,
    answers,
    tracking,
    scheduledFlows: Object.keys(config.config.schedules),
    order: createFairOrder(),
  };
}, keepCounts);
