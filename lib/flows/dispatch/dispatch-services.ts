import type { DispatchContext } from '../../domain/dispatch/decision.ts';
import type { Runs } from '../../ports/runs.ts';
import type { Store } from '../../ports/store.ts';
import type { LoadedConfig } from '../../runtime/config.ts';
import { createAgentPause, type AgentPause } from '../agent-pause.ts';
import { createDeliveryRecords, type DeliveryRecords } from './delivery-records.ts';
import { createDispatchContext } from './dispatch-context.ts';
import { createIssueAsks, type IssueAsks } from './issue-asks.ts';
import { createKnownRequests, type KnownRequests } from './known-requests.ts';
import { createToldPushes, type ToldPushes } from './told-pushes.ts';

export interface DispatchServices {
  deliveries: DeliveryRecords;
  runs: Pick<Runs, 'start' | 'findByName'>;
  context: DispatchContext;
  /** While it is paused, nothing is started. */
  pause: Pick<AgentPause, 'get'>;
  /** What was asked for already, in one way or another. */
  requests: Pick<KnownRequests, 'admit'>;
  /** What agent sessions have asked for as well. */
  asks: IssueAsks;
  /** What was pushed already, as far as it was told. */
  pushes: Pick<ToldPushes, 'admit'>;
}

export function createDispatchServices(parts: {
  config: LoadedConfig;
  runs: Runs;
  /** Name of the installation. */
  stack: string;
  store: Store;
}): DispatchServices {
  const { config, runs, stack, store } = parts;
  return {
    deliveries: createDeliveryRecords(store, Date.now),
    runs,
    context: createDispatchContext(config, stack),
    pause: createAgentPause(store, Date.now),
    asks: createIssueAsks({ now: Date.now, runs, store }),
    requests: createKnownRequests(store, Date.now),
    pushes: createToldPushes(store, Date.now),
  };
}
