import { RequestRejectedError, UpstreamError } from '../../domain/errors.ts';
import {
  decideBringing,
  mostTries,
  type FailedDelivery,
} from '../../domain/reconcile/undelivered.ts';
import type { Hook } from '../../ports/sent-deliveries.ts';
import { createLogger, errorFields } from '../../runtime/logging.ts';
import type { CicdServices } from './chore.ts';
import { concernsAll } from './concerns-all.ts';
import { countTries, noteTries } from './delivery-tries.ts';
import { notePushOnItsWay } from './pushes-on-their-way.ts';

export interface UndeliveredItem extends FailedDelivery {
  /** The delivery's. */
  id: string;
  hook: Hook;
}

/** One that cannot be had is given up after some tries: it would fail every run for days. */
export async function bringIn(item: UndeliveredItem, services: CicdServices): Promise<void> {
  const { guid } = item;
  if (await hasArrived(guid, services)) return;
  const tries = await countTries(guid, services);
  // Counted first: cut off in between, it is tried once less rather than once more.
  await noteTries(guid, tries + 1, services);
  try {
    const isSentAgain =
      decideBringing(item, tries) === 'redeliver' && (await redeliver(item, tries, services));
    if (!isSentAgain) await readAndPublish(item, services);
  } catch (error) {
    if (concernsAll(error)) await noteTries(guid, tries, services);
    else if (isHopeless(error) || tries + 1 >= mostTries) return giveUp(guid, error, services);
    throw error;
  }
}

export async function hasArrived(guid: string, { deliveries }: CicdServices): Promise<boolean> {
  return (await deliveries.get({ source: 'github', id: guid })) !== undefined;
}

/** False when we may not have it sent once more, or GitHub cannot. */
async function redeliver(
  { event, hook, latest }: UndeliveredItem,
  tries: number,
  services: CicdServices,
): Promise<boolean> {
  // What never arrives must not stop the looking: it is waited for once.
  if (event === 'push' && tries === 0) await notePushOnItsWay(hook, services);
  try {
    await services.sentDeliveries.redeliver(hook, latest.id);
    return true;
  } catch (error) {
    if (error instanceof UpstreamError && !error.retryable) return false;
    throw error;
  }
}

/** What GitHub tells over its API needs no signature. */
async function readAndPublish(
  { guid, hook, latest }: UndeliveredItem,
  { bus, clock, normalise, sentDeliveries }: CicdServices,
): Promise<void> {
  const { event, payload } = await sentDeliveries.getPayload(hook, latest.id);
  const receivedAt = clock.now().toISOString();
  await bus.publish(normalise(payload, { deliveryId: guid, eventName: event, receivedAt }));
}

/** GitHub has it no more, or what was sent cannot be kept. */
function isHopeless(error: unknown): boolean {
  return error instanceof UpstreamError ? !error.retryable : error instanceof RequestRejectedError;
}

async function giveUp(guid: string, error: unknown, services: CicdServices): Promise<void> {
  await noteTries(guid, mostTries, services);
  createLogger().warn('Delivery given up', { deliveryId: guid, ...errorFields(error) });
}
