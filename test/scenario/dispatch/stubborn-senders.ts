import { setTimeout as delay } from 'node:timers/promises';
import { sendDelivery } from '../../support/ingress-host.ts';
import type { ExpectedDelivery } from './delivery-stream.ts';

const sendersAtOnce = 10;
const pauseMilliseconds = 20;

/** Where the host is at present; it dies and comes back elsewhere. */
export interface Address {
  url: string;
}

/**
 * Sends every delivery of the list in its order, ten at a time, each until it is acknowledged.
 * @param onAcknowledged told how many are, so far
 * @returns how many times something had to be sent again
 */
export async function sendAll(
  deliveries: readonly ExpectedDelivery[],
  address: Address,
  onAcknowledged: (count: number) => void,
): Promise<{ repeated: number }> {
  const queue = deliveries.values();
  let acknowledged = 0;
  let repeated = 0;

  const sender = async () => {
    // All senders take from the same queue.
    for (const delivery of queue) {
      while (!(await isAcknowledged(delivery, address.url))) {
        repeated += 1;
        await delay(pauseMilliseconds);
      }
      acknowledged += 1;
      onAcknowledged(acknowledged);
    }
  };
  await Promise.all(Array.from({ length: sendersAtOnce }, sender));
  return { repeated };
}

/** False where the host died before it answered: the delivery may be kept, or not. */
async function isAcknowledged(delivery: ExpectedDelivery, url: string): Promise<boolean> {
  try {
    const { status } = await sendDelivery(url, delivery.source, delivery.sign());
    return status === (delivery.source === 'github' ? 202 : 200);
  } catch {
    return false;
  }
}
