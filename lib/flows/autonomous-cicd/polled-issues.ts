import { decideDispatch } from '../../domain/dispatch/decide.ts';
import { busEventSchema, type BusEvent } from '../../domain/event.ts';
import { emptyEvent, polledId } from '../../domain/reconcile/polled-event.ts';
import type { PolledRequest } from '../../ports/issue-tracker.ts';
import { stableId } from '../../runtime/stable-id.ts';
import { pagesOf } from '../pages.ts';
import type { Chore, CicdServices } from './chore.ts';
import { requestCursor } from './request-cursor.ts';

/** Requests that were found and not published yet: however many there are, the cursor can go on. */
const partition = 'polled-requests';

const keptMs = 8 * 86_400_000;

/** Our clock may be ahead of Linear's, and a change be listed a little later than it was made. */
const overlapMs = 5 * 60_000;

/** An answer tells some hundred issues; more of them than these wait for the next tick. */
const mostAnswers = 10;

/** Publishing is a write to the disk. */
const mostAtOnce = 1_000;

/**
 * Requests for an analysis that were made in Linear although no delivery has told them. They become events
 * under ids that are the same however often they are found, so that the usual rules decide. Changes that
 * ask for nothing are left out: webhooks have told most of them.
 */
export const polledIssues: Chore<{ id: string }> = {
  name: 'requests nobody told',
  mostAtOnce,

  find: async (services) => {
    if (!(await services.tracker.isConfigured())) return [];
    await readOn(services);
    return listKept(services);
  },

  workOff: async ({ id }, { bus, clock, store }) => {
    const kept = await store.get(partition, id);
    const event = busEventSchema.safeParse(kept?.value).data;
    if (event !== undefined) {
      await bus.publish({ ...event, receivedAt: clock.now().toISOString() });
    }
    // Cut off in between, it is published again under the same id.
    await store.remove(partition, id);
  },
};

/** Keeps what is new, up to now; the cursor never passes what has not been read. */
async function readOn(services: CicdServices): Promise<void> {
  const { clock, config, tracker } = services;
  const label = config.config.linear.analysisLabel;
  let since = await requestCursor.get(services);
  for (let answers = 0; answers < mostAnswers; answers += 1) {
    const askedAt = clock.now().getTime();
    const query = { label, since: new Date(since).toISOString() };
    const { next, requests } = await tracker.listRequests(query);
    for (const request of requests) await keepIfNew(request, services);
    const isAll = Date.parse(next) <= since;
    since = Math.max(Date.parse(next), isAll ? askedAt - overlapMs : since);
    await requestCursor.set(since, services);
    if (isAll) return;
  }
}

async function keepIfNew(request: PolledRequest, services: CicdServices): Promise<void> {
  const { clock, deliveries, dispatch, requests, store } = services;
  const now = clock.now();
  const event = eventOf(request, now);
  const { deliveryId, linearIssue } = event;
  const asks = decideDispatch(event, dispatch).some(({ kind }) => kind === 'run');
  if (!asks || (await deliveries.get({ source: 'linear', id: deliveryId })) !== undefined) return;
  if (await requests.isKnown(event, request.until)) return;
  await store.add({
    partition,
    key: deliveryId,
    value: event,
    sort: { byTime: linearIssue?.updatedAt ?? '' },
    expiresAt: now.getTime() + keptMs,
  });
  // After that: known and not kept, it would be lost.
  await requests.admit(event, request.until);
}

function eventOf({ issue, sender, type, url }: PolledRequest, now: Date): BusEvent {
  return {
    ...emptyEvent('linear', type),
    deliveryId: polledId(stableId(type, issue.id, issue.updatedAt)),
    receivedAt: now.toISOString(),
    sender,
    subject: { issue: issue.id },
    url,
    linearIssue: issue,
  };
}

async function listKept({ store }: CicdServices): Promise<{ id: string }[]> {
  const kept: { id: string }[] = [];
  const read = (cursor: string | undefined) =>
    store.list(partition, { index: 'byTime', limit: 500, cursor });
  for await (const { items } of pagesOf(read)) kept.push(...items.map(({ key }) => ({ id: key })));
  return kept;
}
