import { normaliseGithubEvent } from '../lib/adapters/github/normalise-event.ts';
import { createLinear } from '../lib/adapters/linear/linear.ts';
import { createAgentPause } from '../lib/flows/agent-pause.ts';
import { createFairOrder } from '../lib/flows/autonomous-cicd/fair-order.ts';
import { autonomousCicd } from '../lib/flows/autonomous-cicd/run.ts';
import { createAnalysisServices } from '../lib/flows/component-analysis/create-services.ts';
import { createTasksOnThread } from '../lib/flows/component-analysis/tasks/analysis-tasks.ts';
import { createDeliveryRecords } from '../lib/flows/dispatch/delivery-records.ts';
import { createDispatchContext } from '../lib/flows/dispatch/dispatch-context.ts';
import { createKnownRequests } from '../lib/flows/dispatch/known-requests.ts';
import { createToldPushes } from '../lib/flows/dispatch/told-pushes.ts';
import { hostServices } from '../lib/runtime/host-services.ts';
import { linearApiUrl } from '../lib/runtime/local-environment.ts';

const thread = new URL('./threads/component-analysis.ts', import.meta.url);

/** Works off what was missed, hangs or has failed, every quarter of an hour. */
export const handler = autonomousCicd.handler(async () => {
  const host = hostServices();
  const { config, secrets, stack, store } = host;
  return {
    ...host,
    deliveries: createDeliveryRecords(store, Date.now),
    requests: createKnownRequests(store, Date.now),
    pushes: createToldPushes(store, Date.now),
    pause: createAgentPause(store, Date.now),
    clock: { now: () => new Date() },
    dispatch: createDispatchContext(config, stack),
    trackerAdmin: createLinear({ secrets, store, apiUrl: linearApiUrl(process.env) }).admin,
    normalise: normaliseGithubEvent,
    answers: createAnalysisServices(host, createTasksOnThread(thread)).answers,
    scheduledFlows: Object.keys(config.config.schedules),
    order: createFairOrder(),
  };
});
