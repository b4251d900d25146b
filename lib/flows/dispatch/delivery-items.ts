import { deliveryDetailSchema, type DeliveryDetail } from '../../domain/delivery.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type { EventSource } from '../../domain/event.ts';
import type { StoredItem, VersionedItem } from '../../ports/store.ts';

/** Where deliveries are in the store. */
export const deliveriesPartition = 'deliveries';

/** A delivery is known by its sender's id for it. */
export interface DeliveryRef {
  source: EventSource;
  id: string;
}

/** Keys of deliveries whose ids begin alike begin alike. */
export function deliveryKey({ id, source }: DeliveryRef): string {
  return `${source}:${id}`;
}

/** @param expiresAt milliseconds since the epoch */
export function deliveryItem(delivery: DeliveryDetail, expiresAt: number): StoredItem {
  const { decision, receivedAt } = delivery;
  return {
    partition: deliveriesPartition,
    key: deliveryKey(delivery),
    value: delivery,
    sort: { byTime: receivedAt, ...(decision === 'pending' && { open: receivedAt }) },
    expiresAt,
  };
}

/** @throws UpstreamError for a value that this version of the program cannot read */
export function readDelivery({ key, value }: VersionedItem): DeliveryDetail {
  const parsed = deliveryDetailSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = `The delivery ${key} was stored by another version of this program.`;
  throw new UpstreamError(message, { service: 'store', retryable: false, cause: parsed.error });
}
