import type { TrackerAdmin, WantedTrackerWebhook } from '../../../lib/ports/tracker-admin.ts';
import { linearResourceTypes } from '../../local/webhook-addresses.ts';
import { orFailed, type WebhookOutcome } from './outcome.ts';

const place = 'Linear';
const label = 'Autonomous CI/CD';

/** Creates the workspace's webhook, or gives the one with this address our events and secret. */
export function registerLinearWebhook(
  admin: TrackerAdmin,
  { secret, url }: { url: string; secret: string },
): Promise<WebhookOutcome[]> {
  const wanted: WantedTrackerWebhook = { url, resourceTypes: linearResourceTypes, label, secret };
  return orFailed(place, async () => {
    const own = (await admin.listWebhooks()).find((hook) => hook.url === url);
    if (own === undefined) await admin.createWebhook(wanted);
    else await admin.updateWebhook(own.id, wanted);
    return [{ place, done: own === undefined ? 'created' : 'updated', detail: url }];
  });
}

/** Removes every webhook with this address. */
export function removeLinearWebhook(admin: TrackerAdmin, url: string): Promise<WebhookOutcome[]> {
  return orFailed(place, async () => {
    const own = (await admin.listWebhooks()).filter((hook) => hook.url === url);
    for (const { id } of own) await admin.removeWebhook(id);
    return [
      own.length === 0
        ? { place, done: 'nothing to do', detail: `no webhook points at ${url}` }
        : { place, done: 'removed', detail: url },
    ];
  });
}
