import { z } from 'zod';
import { UpstreamError } from '../../domain/errors.ts';
import {
  advanceCursor,
  decideBringing,
  listFailedDeliveries,
  type FailedDelivery,
} from '../../domain/reconcile/undelivered.ts';
import type { Hook } from '../../ports/sent-deliveries.ts';
import type { Chore, CicdServices } from './chore.ts';
import { lookAtEach, sayOnce } from './looking.ts';
import { recall, remember } from './memory.ts';
import { notePushesOnTheirWay } from './pushes-on-their-way.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** GitHub forgets what is older. */
const windowMs = 3 * dayMs;

/** A delivery is listed once it has ended, under the time at which it began. */
const overlapMs = minuteMs;

/** Each costs a request. */
const mostAtOnce = 100;

interface UndeliveredItem extends FailedDelivery {
  /** The delivery's. */
  id: string;
  hook: Hook;
}

/**
 * Deliveries of our webhooks at GitHub that never succeeded and did not arrive in spite of it. They are
 * sent once more, at most three times; where that does not help, what was sent is read and published.
 * Either way it is the same delivery, which is decided once.
 */
export const undeliveredGithub: Chore<UndeliveredItem> = {
  name: 'undelivered GitHub events',
  mostAtOnce,

  find: async (services, looking) => {
    const { codeHost, sentDeliveries } = services;
    if (!(await codeHost.isConfigured())) return [];
    const { hooks, problems } = await sentDeliveries.listHooks();
    for (const problem of problems) await sayOnce(problem, { looking, services });
    const found = await lookAtEach(hooks, { looking, services }, (hook) =>
      findAtHook(hook, services),
    );
    return found.toSorted((one, other) => Date.parse(one.firstAt) - Date.parse(other.firstAt));
  },

  workOff: async (item, services) => {
    if (await hasArrived(item.guid, services)) return;
    const tries = await countTries(item.guid, services);
    // Counted first: cut off in between, it is tried once less rather than once more.
    await noteTry(item.guid, tries + 1, services);
    const isSentAgain =
      decideBringing(item, tries) === 'redeliver' && (await redeliver(item, services));
    if (!isSentAgain) await readAndPublish(item, services);
  },
};

const hookStateSchema = z.object({
  /** Everything before has arrived: ISO 8601 UTC. */
  since: z.string(),
  /** Of the last list; null while something of it has still to arrive. */
  etag: z.string().nullable(),
});

async function findAtHook(hook: Hook, services: CicdServices): Promise<UndeliveredItem[]> {
  const { clock, sentDeliveries, store } = services;
  const key = `hook:${hook.kind}:${hook.kind === 'app' ? '' : hook.id}`;
  const before = await recall(store, key, hookStateSchema);
  const earliest = clock.now().getTime() - windowMs;
  const from = Math.max(Date.parse(before?.since ?? '') - overlapMs || 0, earliest);
  const since = new Date(from).toISOString();

  const listed = await sentDeliveries.list(hook, { since, etag: before?.etag ?? null });
  if (listed === 'unchanged') return [];
  const missed = await withoutArrived(listFailedDeliveries(listed.deliveries), services);
  await notePushesOnTheirWay(hook, await withoutTried(missed, services), services);
  const value = {
    since: advanceCursor(listed.deliveries, missed, before?.since ?? since),
    // With an etag, what is missed would not be listed again.
    etag: missed.length === 0 ? listed.etag : null,
  };
  await remember(store, { key, value });
  return missed.map((delivery) => Object.assign({ id: delivery.guid, hook }, delivery));
}

/** GitHub counts as failed also what has arrived and was answered too late. */
async function withoutArrived(
  failed: readonly FailedDelivery[],
  services: CicdServices,
): Promise<FailedDelivery[]> {
  const missed: FailedDelivery[] = [];
  for (const delivery of failed) {
    if (!(await hasArrived(delivery.guid, services))) missed.push(delivery);
  }
  return missed;
}

async function withoutTried(
  missed: readonly FailedDelivery[],
  services: CicdServices,
): Promise<FailedDelivery[]> {
  const untried: FailedDelivery[] = [];
  for (const delivery of missed) {
    if ((await countTries(delivery.guid, services)) === 0) untried.push(delivery);
  }
  return untried;
}

async function hasArrived(guid: string, { deliveries }: CicdServices): Promise<boolean> {
  return (await deliveries.get({ source: 'github', id: guid })) !== undefined;
}

async function countTries(guid: string, { store }: CicdServices): Promise<number> {
  return (await recall(store, `tries:${guid}`, z.int())) ?? 0;
}

/** A day longer than the delivery is listed. */
async function noteTry(guid: string, tries: number, { clock, store }: CicdServices): Promise<void> {
  const expiresAt = clock.now().getTime() + windowMs + dayMs;
  await remember(store, { key: `tries:${guid}`, value: tries, expiresAt });
}

/** False when we may not have it sent once more, or GitHub cannot. */
async function redeliver(
  { hook, latest }: UndeliveredItem,
  { sentDeliveries }: CicdServices,
): Promise<boolean> {
  try {
    await sentDeliveries.redeliver(hook, latest.id);
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
