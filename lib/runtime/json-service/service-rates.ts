import type { Store } from '../../ports/store.ts';
import type { ServiceName } from './refusals.ts';
import { createSharedRate, type SharedRate } from './shared-rate.ts';

/** How often a service that runs agents is asked, all processes together. */
export interface ServiceRates {
  /** Of requests that make a new agent run. */
  creations: SharedRate;
  others: SharedRate;
}

export interface ServiceRatesOptions {
  name: ServiceName;
  store: Store;
  /** As the configuration has it. */
  settings: { creationsPerMinute: number; requestsPer30Seconds: number };
  /** Milliseconds since the epoch. */
  now: () => number;
}

export function createServiceRates(options: ServiceRatesOptions): ServiceRates {
  const { now, settings, store } = options;
  const { service, title } = options.name;
  const { creationsPerMinute, requestsPer30Seconds } = settings;
  return {
    creations: createSharedRate({
      store,
      now,
      service,
      key: `${service}/creations`,
      rule: `These settings allow ${creationsPerMinute} new agent runs a minute at ${title}.`,
      limited: `${title} has limited new agent runs (429).`,
      allowed: creationsPerMinute,
      windowMs: 60_000,
    }),
    others: createSharedRate({
      store,
      now,
      service,
      key: `${service}/requests`,
      rule: `These settings allow ${requestsPer30Seconds} requests to ${title} within 30 s.`,
      limited: `${title} has limited requests (429).`,
      allowed: requestsPer30Seconds,
      windowMs: 30_000,
    }),
  };
}
