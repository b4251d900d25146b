import type { DispatchContext } from '../../domain/dispatch/decision.ts';
import type { Runs } from '../../ports/runs.ts';
import type { Store } from '../../ports/store.ts';
import type { LoadedConfig } from '../../runtime/config.ts';
import { createAgentPause, type AgentPause } from '../agent-pause.ts';
import { createDeliveryRecords, type DeliveryRecords } from './delivery-records.ts';
import { createDispatchContext } from './dispatch-context.ts';

export interface DispatchServices {
  deliveries: DeliveryRecords;
  runs: Pick<Runs, 'start' | 'findByName'>;
  context: DispatchContext;
  /** While it is paused, nothing is started. */
  pause: Pick<AgentPause, 'get'>;
}

/** @param stack name of the installation */
export function createDispatchServices(
  { config, runs, store }: { config: LoadedConfig; runs: Runs; store: Store },
  stack: string,
): DispatchServices {
  return {
    deliveries: createDeliveryRecords(store, Date.now),
    runs,
    context: createDispatchContext(config, stack),
    pause: createAgentPause(store, Date.now),
  };
}
