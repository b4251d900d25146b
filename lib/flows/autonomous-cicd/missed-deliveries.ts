import type { DeliveryDetail } from '../../domain/delivery.ts';
import type { DeliveryRef } from '../dispatch/delivery-items.ts';
import type { DeliveryRecords } from '../dispatch/delivery-records.ts';
import type { Chore } from './chore.ts';

/** The dispatcher takes a moment; after this it has missed it. */
const usualMs = 60_000;

const deliveriesAtATime = 500;

/** Deliveries that were accepted and that the dispatcher has not come to. */
export const missedDeliveries: Chore<DeliveryRef> = {
  name: 'missed deliveries',

  find: async ({ clock, deliveries }) => {
    const latest = clock.now().getTime() - usualMs;
    return (await listPending(deliveries))
      .filter(({ receivedAt }) => Date.parse(receivedAt) <= latest)
      .map(({ id, source }) => ({ id, source }));
  },

  workOff: async (ref, { bus, deliveries }) => {
    const delivery = await deliveries.get(ref);
    if (delivery?.decision === 'pending') await bus.publish(delivery.event);
  },
};

async function listPending(
  deliveries: Pick<DeliveryRecords, 'listPending'>,
): Promise<DeliveryDetail[]> {
  const found: DeliveryDetail[] = [];
  let cursor: string | undefined;
  do {
    const page = await deliveries.listPending({ limit: deliveriesAtATime, cursor });
    found.push(...page.deliveries);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return found;
}
