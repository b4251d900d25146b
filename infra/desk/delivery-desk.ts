import { deliverySchema, type Delivery, type DeliveryDetail } from '../../lib/domain/delivery.ts';
import { RequestRejectedError } from '../../lib/domain/errors.ts';
import type {
  DeliveryPageQuery,
  DeliveryRecords,
} from '../../lib/flows/dispatch/delivery-records.ts';
import type { DispatchServices } from '../../lib/flows/dispatch/dispatch-services.ts';
import {
  previewReplay,
  replayDelivery,
  type PreviewServices,
  type Replay,
} from '../../lib/flows/dispatch/replay.ts';

/** What people look at: deliveries, and what came of them. Changes nothing. */
export interface DeliveryReader {
  /** Newest first. */
  list(query: DeliveryPageQuery): Promise<{ deliveries: Delivery[]; next: string | null }>;
  /**
   * @param id a delivery's id, or the beginning of one, 6 characters or more
   * @throws RequestRejectedError when no delivery or several fit
   */
  get(id: string): Promise<DeliveryDetail>;
  /** What a replay would decide now, and what runs already. */
  preview(id: string): Promise<Replay>;
}

/** What people ask of deliveries, over HTTP or from the command line. */
export interface DeliveryDesk extends DeliveryReader {
  /** Decides anew under the present configuration. A cause that has a run already gets no second one. */
  replay(id: string): Promise<Replay>;
}

export function createDeliveryReader(
  services: PreviewServices & {
    deliveries: Pick<DeliveryRecords, 'find' | 'list'>;
  },
): DeliveryReader {
  const { deliveries } = services;
  const get = async (id: string): Promise<DeliveryDetail> => {
    const delivery = await deliveries.find(id);
    if (delivery !== undefined) return delivery;
    throw new RequestRejectedError('not-found', `There is no delivery ${id}.`);
  };
  return {
    list: async (query) => {
      const page = await deliveries.list(query);
      return { ...page, deliveries: page.deliveries.map((one) => deliverySchema.parse(one)) };
    },
    get,
    preview: async (id) => previewReplay(await get(id), services),
  };
}

export function createDeliveryDesk(services: DispatchServices): DeliveryDesk {
  const reader = createDeliveryReader(services);
  return { ...reader, replay: async (id) => replayDelivery(await reader.get(id), services) };
}
