import { linearResourceTypes } from '../../../lib/domain/dispatch/listened-events.ts';
import type { TrackerAdmin, WantedTrackerWebhook } from '../../../lib/ports/tracker-admin.ts';
import { listOtherAddresses } from './other-addresses.ts';
import { orFailed, removalOutcome, tellOther, type WebhookOutcome } from './outcome.ts';

const place = 'Linear';
const label = 'Autonomous CI/CD';

/** Creates the workspace's webhook, or gives the one with this address our events and secret. */
export function registerLinearWebhook(
  admin: TrackerAdmin,
  { secret, url }: { url: string; secret: string },
): Promise<WebhookOutcome[]> {
  const wanted: WantedTrackerWebhook = { url, resourceTypes: linearResourceTypes, label, secret };
  return orFailed(place, async () => {
    const hooks = await admin.listWebhooks();
    const own = hooks.find((hook) => hook.url === url);
    if (own === undefined) await admin.createWebhook(wanted);
    else await admin.updateWebhook(own.id, wanted);
    const others = listOtherAddresses(
      hooks.map((hook) => hook.url),
      { source: 'linear', own: url },
    );
    return [
      { place, done: own === undefined ? 'created' : 'updated', detail: url },
      ...others.map((other) => tellOther(place, other)),
    ];
  });
}

/** Removes every webhook with this address. */
export function removeLinearWebhook(admin: TrackerAdmin, url: string): Promise<WebhookOutcome[]> {
  return orFailed(place, async () => {
    const own = (await admin.listWebhooks()).filter((hook) => hook.url === url);
    for (const { id } of own) await admin.removeWebhook(id);
    return [removalOutcome(place, { url, count: own.length })];
  });
}
