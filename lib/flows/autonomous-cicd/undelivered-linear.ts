import { z } from 'zod';
import type { TrackerWebhook } from '../../ports/tracker-admin.ts';
import { stableId } from '../../runtime/stable-id.ts';
import type { Chore } from './chore.ts';
import { lookAtEach } from './looking.ts';
import { recall, remember } from './memory.ts';
import { requestCursor } from './request-cursor.ts';

/** Where a host takes Linear's webhooks, whatever its address was at the time. */
const ownPath = '/webhooks/linear';

const dayMs = 86_400_000;
const windowMs = 7 * dayMs;

/** Each costs two writes. */
const mostAtOnce = 1_000;

interface LinearFailure {
  /** The same for all attempts at one delivery. */
  id: string;
  /** ISO 8601 UTC */
  at: string;
}

/**
 * What Linear could not deliver to us. It does not say what that was: the requests since then are looked
 * for again, once for each delivery. Only administrators may see this.
 */
export const undeliveredLinear: Chore<LinearFailure> = {
  name: 'undelivered Linear events',
  mostAtOnce,

  find: async (services, looking) => {
    const { clock, secrets, store, tracker, trackerAdmin } = services;
    if (!(await tracker.isConfigured())) return [];
    if (!(await secrets.isSet('LINEAR_WEBHOOK_SECRET'))) return [];
    const earliest = clock.now().getTime() - windowMs;
    const failures = await lookAtEach([trackerAdmin], { looking, services }, async (admin) =>
      listFailures(await admin.listWebhooks()),
    );
    const unknown: LinearFailure[] = [];
    for (const failure of failures.filter(({ at }) => Date.parse(at) >= earliest)) {
      const known = await recall(store, keyOf(failure), z.string());
      if (known === undefined) unknown.push(failure);
    }
    return unknown;
  },

  workOff: async (failure, services) => {
    const { clock, store } = services;
    const failedAt = Date.parse(failure.at);
    if (failedAt < (await requestCursor.get(services))) await requestCursor.set(failedAt, services);
    const expiresAt = clock.now().getTime() + windowMs + dayMs;
    await remember(store, { key: keyOf(failure), value: failure.at, expiresAt });
  },
};

/** The first failure of each delivery to us, oldest first. */
function listFailures(webhooks: readonly TrackerWebhook[]): LinearFailure[] {
  const failures = webhooks
    .filter(({ url }) => URL.canParse(url) && new URL(url).pathname.endsWith(ownPath))
    .flatMap((webhook) => webhook.failures)
    .map(({ at, executionId }) => ({ id: executionId, at }))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const groups = Map.groupBy(failures, ({ id }) => id);
  return [...groups.values()].flatMap(([first]) => first ?? []);
}

function keyOf({ id }: LinearFailure): string {
  return `linear-failure:${stableId(id)}`;
}
