import type { DeliveryDetail } from '../../domain/delivery.ts';
import type { DeliveryRef } from '../dispatch/delivery-items.ts';
import { pagesOf } from '../pages.ts';
import { dayMs, listRunsOfLastDay } from '../recent-runs.ts';
import type { Chore, CicdServices } from './chore.ts';

const deliveriesAtATime = 100;

/**
 * Deliveries that have started a run which is not there any more: the file of the runs was moved away or
 * set back. Runs that began before the delivery do not count: they may be gone because of their age.
 */
export const lostRuns: Chore<DeliveryRef> = {
  name: 'lost runs',

  find: async (services) => {
    const now = services.clock.now().getTime();
    const isThere = await createLookup(services, now);
    const lost: DeliveryRef[] = [];
    for (const { ref, runIds } of await listStarters(services, now)) {
      const found = await Promise.all(runIds.map((id) => isThere(id)));
      if (found.includes(false)) lost.push(ref);
    }
    return lost.toReversed();
  },

  workOff: async (ref, { bus, deliveries }) => {
    // Cut off in between, it is a missed delivery next time.
    const { event } = await deliveries.reopen(ref);
    await bus.publish(event);
  },
};

/** Most runs are known from one listing; a replay may have started one of an older delivery. */
async function createLookup({ runs }: CicdServices, now: number) {
  const recent = new Set((await listRunsOfLastDay(runs, now)).map(({ id }) => id));
  return async (runId: string) => recent.has(runId) || (await runs.getSummary(runId)) !== undefined;
}

/** A delivery that started runs; its event, which may be large, is not kept. */
interface Starter {
  ref: DeliveryRef;
  runIds: string[];
}

/** The deliveries of the last 24 hours that started a run, newest first. */
async function listStarters({ deliveries }: CicdServices, now: number): Promise<Starter[]> {
  const found: Starter[] = [];
  const read = (cursor: string | undefined) =>
    deliveries.list({ limit: deliveriesAtATime, cursor });
  for await (const page of pagesOf(read)) {
    const recent = page.deliveries.filter(({ receivedAt }) => Date.parse(receivedAt) > now - dayMs);
    const starters = recent.filter(({ decision }) => decision === 'run');
    found.push(...starters.map((delivery) => starterOf(delivery)));
    if (recent.length < page.deliveries.length) break;
  }
  return found;
}

function starterOf({ id, source, startedRunIds }: DeliveryDetail): Starter {
  return { ref: { id, source }, runIds: startedRunIds };
}
