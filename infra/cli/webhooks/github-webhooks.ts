import { githubEvents } from '../../../lib/domain/dispatch/listened-events.ts';
import type {
  CodeHostAdmin,
  WantedHostWebhook,
  WebhookPlace,
} from '../../../lib/ports/code-host-admin.ts';
import { describePlace } from './github-places.ts';
import { listOtherAddresses } from './other-addresses.ts';
import { orFailed, removalOutcome, tellOther, type WebhookOutcome } from './outcome.ts';

interface WithSecret {
  url: string;
  secret: string;
}

/** Creates the webhook, or gives the one with this address our events and secret. */
export function registerGithubWebhook(
  admin: CodeHostAdmin,
  place: WebhookPlace,
  { secret, url }: WithSecret,
): Promise<WebhookOutcome[]> {
  const name = describePlace(place);
  const wanted: WantedHostWebhook = { url, events: githubEvents, secret };
  return orFailed(name, async () => {
    if (place.kind === 'app') return setAppWebhook(admin, wanted);
    const hooks = await admin.listWebhooks(place);
    const own = hooks.find((hook) => hook.url === url);
    if (own === undefined) await admin.createWebhook(place, wanted);
    else await admin.updateWebhook(place, own.id, wanted);
    const others = listOtherAddresses(
      hooks.map((hook) => hook.url),
      { source: 'github', own: url },
    );
    return [
      { place: name, done: own === undefined ? 'created' : 'updated', detail: url },
      ...others.map((other) => tellOther(name, other)),
    ];
  });
}

/** An App has one webhook, wherever it has pointed so far. */
async function setAppWebhook(
  admin: CodeHostAdmin,
  wanted: WantedHostWebhook,
): Promise<WebhookOutcome[]> {
  const place = { kind: 'app' } as const;
  const [before] = await admin.listWebhooks(place);
  if (before === undefined) await admin.createWebhook(place, wanted);
  else await admin.updateWebhook(place, before.id, wanted);
  const hasMoved = before !== undefined && before.url !== wanted.url;
  const detail = hasMoved ? `${wanted.url} (before: ${before.url})` : wanted.url;
  return [
    { place: describePlace(place), done: before === undefined ? 'created' : 'updated', detail },
  ];
}

/** Removes every webhook with this address. That of an App stays: it is part of the App. */
export function removeGithubWebhook(
  admin: CodeHostAdmin,
  place: WebhookPlace,
  url: string,
): Promise<WebhookOutcome[]> {
  const name = describePlace(place);
  return orFailed(name, async () => {
    if (place.kind === 'app') {
      const detail = 'the webhook of an App is switched off in its settings on GitHub';
      return [{ place: name, done: 'nothing to do', detail }];
    }
    const own = (await admin.listWebhooks(place)).filter((hook) => hook.url === url);
    for (const { id } of own) await admin.removeWebhook(place, id);
    return [removalOutcome(name, { url, count: own.length })];
  });
}
