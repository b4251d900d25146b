import { deliverySchema, type Delivery, type DeliveryDetail } from '../../lib/domain/delivery.ts';
import { RequestRejectedError } from '../../lib/domain/errors.ts';
import type {
  DeliveryPageQuery,
  DeliveryRecords,
} from '../../lib/flows/dispatch/delivery-records.ts';
import type { Replay } from '../../lib/flows/dispatch/replay.ts';

/** What people look at: deliveries, and what came of them. */
export interface DeliveryReader {
  /** Newest first. */
  list(query: DeliveryPageQuery): Promise<{ deliveries: Delivery[]; next: string | null }>;
  /**
   * @param id a delivery's id, or the beginning of one, 6 characters or more
   * @throws RequestRejectedError when no delivery or several fit
   */
  get(id: string): Promise<DeliveryDetail>;
}

/** What people ask of deliveries, over HTTP or from the command line. */
export interface DeliveryDesk extends DeliveryReader {
  /**
   * Decides anew under the present configuration; a dry run changes nothing. A cause that has a run
   * already gets no second one.
   */
  replay(id: string, options: { dryRun: boolean }): Promise<Replay>;
}

type ReplayDelivery = (delivery: DeliveryDetail, options: { dryRun: boolean }) => Promise<Replay>;

export function createDeliveryReader(
  deliveries: Pick<DeliveryRecords, 'find' | 'list'>,
): DeliveryReader {
  return {
    list: async (query) => {
      const page = await deliveries.list(query);
      return { ...page, deliveries: page.deliveries.map((one) => deliverySchema.parse(one)) };
    },
    get: async (id) => {
      const delivery = await deliveries.find(id);
      if (delivery !== undefined) return delivery;
      throw new RequestRejectedError('not-found', `There is no delivery ${id}.`);
    },
  };
}

export function createDeliveryDesk({
  deliveries,
  replay,
}: {
  deliveries: Pick<DeliveryRecords, 'find' | 'list'>;
  replay: ReplayDelivery;
}): DeliveryDesk {
  const reader = createDeliveryReader(deliveries);
  return { ...reader, replay: async (id, options) => replay(await reader.get(id), options) };
}
