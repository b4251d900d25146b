import { createAgentPause } from '../lib/flows/agent-pause.ts';
import { createFairOrder } from '../lib/flows/autonomous-cicd/fair-order.ts';
import { autonomousCicd } from '../lib/flows/autonomous-cicd/run.ts';
import { createDeliveryRecords } from '../lib/flows/dispatch/delivery-records.ts';
import { hostServices } from '../lib/runtime/host-services.ts';

/** Works off what was missed, hangs or has failed, every quarter of an hour. */
export const handler = autonomousCicd.handler(async () => {
  const { awakeSince, bus, config, runs, store } = hostServices();
  return {
    bus,
    deliveries: createDeliveryRecords(store, Date.now),
    runs,
    pause: createAgentPause(store, Date.now),
    clock: { now: () => new Date() },
    scheduledFlows: Object.keys(config.config.schedules),
    awakeSince,
    order: createFairOrder(),
  };
});
