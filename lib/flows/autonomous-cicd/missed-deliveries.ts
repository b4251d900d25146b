import type { DeliveryRef } from '../dispatch/delivery-items.ts';
import { pagesOf } from '../pages.ts';
import type { Chore } from './chore.ts';

/** The dispatcher takes a moment; after this it has missed it. */
const usualMs = 60_000;

const deliveriesAtATime = 100;

/** Deliveries that were accepted and that the dispatcher has not come to. */
export const missedDeliveries: Chore<DeliveryRef> = {
  name: 'missed deliveries',

  find: async ({ clock, deliveries }) => {
    const latest = clock.now().getTime() - usualMs;
    const found: DeliveryRef[] = [];
    const read = (cursor: string | undefined) =>
      deliveries.listPending({ limit: deliveriesAtATime, cursor });
    for await (const page of pagesOf(read)) {
      const missed = page.deliveries.filter(({ receivedAt }) => Date.parse(receivedAt) <= latest);
      found.push(...missed.map(({ id, source }) => ({ id, source })));
    }
    return found;
  },

  workOff: async (ref, { bus, deliveries }) => {
    const delivery = await deliveries.get(ref);
    if (delivery?.decision === 'pending') await bus.publish(delivery.event);
  },
};
