import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Runs } from '../../ports/runs.ts';
import type { AgentPause } from '../agent-pause.ts';
import type { DeliveryRecords } from '../dispatch/delivery-records.ts';
import type { FairOrder } from './fair-order.ts';

export interface CicdServices {
  bus: Bus;
  deliveries: Pick<DeliveryRecords, 'get' | 'list' | 'listPending' | 'reopen'>;
  runs: Pick<Runs, 'get' | 'list' | 'retry' | 'stop'>;
  pause: Pick<AgentPause, 'get'>;
  clock: Clock;
  /** One for all runs of a process. */
  order: FairOrder;
  /** They come again by themselves. */
  scheduledFlows: readonly string[];
  /** Since when runs could move, without a gap: milliseconds since the epoch. */
  awakeSince: () => number;
}

/** One kind of things that do not go on by themselves. */
export interface Chore<Item> {
  /** What is looked for, in the plural: names the tasks. */
  name: string;
  /** Oldest first. Changes nothing. */
  find(services: CicdServices): Promise<Item[]>;
  /** Doing it again changes nothing: a run that is cut off in the middle does it twice. */
  workOff(item: Item, services: CicdServices): Promise<void>;
}
