import { linearResourceTypes } from '../../../lib/domain/dispatch/listened-events.ts';
import type { TrackerAdmin, WantedTrackerWebhook } from '../../../lib/ports/tracker-admin.ts';
import type { WebhookIdentity } from '../../../lib/domain/webhook-addresses.ts';
import {
  orFailed,
  registeredOutcome,
  removalOutcomes,
  tellOther,
  type WebhookOutcome,
} from './outcome.ts';
import { pickOwn } from './sort-webhooks.ts';

const place = 'Linear';
const label = 'Autonomous CI/CD';

/** Creates the workspace's webhook, or gives ours this address, our events and secret. */
export function registerLinearWebhook(
  admin: TrackerAdmin,
  { identity, secret, url }: { url: string; secret: string; identity: WebhookIdentity },
): Promise<WebhookOutcome[]> {
  const wanted: WantedTrackerWebhook = { url, resourceTypes: linearResourceTypes, label, secret };
  return orFailed(place, async () => {
    const { others, own } = pickOwn(await admin.listWebhooks(), identity);
    if (own === undefined) await admin.createWebhook(wanted);
    else await admin.updateWebhook(own.id, wanted);
    return [
      registeredOutcome(place, { before: own?.url, url }),
      ...others.map((other) => tellOther(place, other)),
    ];
  });
}

/** Removes every webhook that is meant. */
export function removeLinearWebhook(
  admin: TrackerAdmin,
  isMeant: (url: string) => boolean,
): Promise<WebhookOutcome[]> {
  return orFailed(place, async () => {
    const own = (await admin.listWebhooks()).filter(({ url }) => isMeant(url));
    for (const { id } of own) await admin.removeWebhook(id);
    return removalOutcomes(
      place,
      own.map(({ url }) => url),
    );
  });
}
