import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { Schedules } from '../../../lib/ports/schedules.ts';
import { configurationDigest } from '../../desk/configuration-digest.ts';
import { readHolder } from '../../local/data-folder.ts';
import type { AgentDesk } from '../../desk/agent-desk.ts';
import type { DeliveryDesk } from '../../desk/delivery-desk.ts';
import type { RunDesk } from '../../desk/run-desk.ts';
import { callHostAt, isHostAt } from './host-client.ts';
import { createHttpAgents } from './http-agents.ts';
import { createHttpDeliveries } from './http-deliveries.ts';
import { createHttpDesk } from './http-desk.ts';
import { createHttpPause, createHttpSchedules } from './http-schedules.ts';
import type { Settings } from '../settings.ts';
import { printProgress } from '../output.ts';

/** All that a person can look at and steer. */
export interface Desks {
  desk: RunDesk;
  agents: AgentDesk;
  deliveries: DeliveryDesk;
  schedules: Schedules;
  pause: AgentPause;
}

/** The desks of a running host, which answers at `url`. */
export interface FoundHost extends Desks, Closable {
  url: string;
}

const olderConfiguration =
  'The host works with another configuration than the present one: restart it for changes to count.';

export interface Closable {
  close(): Promise<void>;
}

/**
 * The desks of the host that holds the data folder, if there is one. A host that was killed has left its
 * address behind: it counts only if it answers itself.
 */
export async function findHost({
  config,
  dataFolder,
}: Pick<Settings, 'config' | 'dataFolder'>): Promise<FoundHost | undefined> {
  const { configuration, instance, url } = readHolder(dataFolder) ?? {};
  if (url === undefined || instance === undefined) return undefined;
  if (!(await isHostAt(url, instance))) return undefined;
  if (configuration !== configurationDigest(config)) printProgress(olderConfiguration);
  const call = callHostAt(url);
  return {
    url,
    desk: createHttpDesk(call),
    agents: createHttpAgents(call),
    deliveries: createHttpDeliveries(call),
    schedules: createHttpSchedules(call),
    pause: createHttpPause(call),
    close: async () => {},
  };
}
