import { githubEvents } from '../../../lib/domain/dispatch/listened-events.ts';
import type {
  CodeHostAdmin,
  WantedHostWebhook,
  WebhookPlace,
} from '../../../lib/ports/code-host-admin.ts';
import {
  isOurWebhook,
  showAddress,
  type WebhookIdentity,
} from '../../../lib/domain/webhook-addresses.ts';
import { describePlace } from './github-places.ts';
import {
  orFailed,
  registeredOutcome,
  removalOutcomes,
  tellOther,
  type WebhookOutcome,
} from './outcome.ts';
import { pickOwn } from './sort-webhooks.ts';

/** What a webhook is to be like. */
interface Wanted {
  url: string;
  secret: string;
  identity: WebhookIdentity;
  /** Takes over an App's webhook that is not ours. */
  replace: boolean;
}

/** Creates the webhook, or gives ours this address, our events and secret, wherever it has pointed. */
export function registerGithubWebhook(
  admin: CodeHostAdmin,
  place: WebhookPlace,
  wanted: Wanted,
): Promise<WebhookOutcome[]> {
  const name = describePlace(place);
  const { identity, secret, url } = wanted;
  return orFailed(name, async () => {
    if (place.kind === 'app') return [await setAppWebhook(admin, wanted)];
    const { others, own } = pickOwn(await admin.listWebhooks(place), identity);
    const webhook: WantedHostWebhook = { url, events: githubEvents, secret };
    if (own === undefined) await admin.createWebhook(place, webhook);
    else await admin.updateWebhook(place, own.id, webhook);
    return [
      registeredOutcome(name, { before: own?.url, url }),
      ...others.map((other) => tellOther(name, other)),
    ];
  });
}

/** An App has one webhook: where that brings another host its deliveries, taking it over stops them. */
async function setAppWebhook(
  admin: CodeHostAdmin,
  { identity, replace, secret, url }: Wanted,
): Promise<WebhookOutcome> {
  const place = { kind: 'app' } as const;
  const name = describePlace(place);
  const [own] = await admin.listWebhooks(place);
  const webhook: WantedHostWebhook = { url, events: githubEvents, secret };
  if (own === undefined) {
    await admin.createWebhook(place, webhook);
    return registeredOutcome(name, { before: undefined, url });
  }
  const isOurs = isOurWebhook(own.url, identity);
  if (!isOurs && !replace) {
    const shown = showAddress(own.url);
    const detail = `it leads to ${shown}, which would get nothing any more: --replace if that is meant`;
    return { place: name, done: 'failed', detail };
  }
  await admin.updateWebhook(place, own.id, webhook);
  return registeredOutcome(name, { before: isOurs ? own.url : showAddress(own.url), url });
}

/** Removes every webhook that is meant. That of an App stays: it is part of the App. */
export function removeGithubWebhook(
  admin: CodeHostAdmin,
  place: WebhookPlace,
  isMeant: (url: string) => boolean,
): Promise<WebhookOutcome[]> {
  const name = describePlace(place);
  return orFailed(name, async () => {
    const own = (await admin.listWebhooks(place)).filter(({ url }) => isMeant(url));
    if (place.kind === 'app' && own.length > 0) return own.map(tellAppWebhook);
    for (const { id } of own) await admin.removeWebhook(place, id);
    return removalOutcomes(
      name,
      own.map(({ url }) => url),
    );
  });
}

/** GitHub lets only a person at its pages do that. */
function tellAppWebhook({ url }: { url: string }): WebhookOutcome {
  const detail = `it still leads to ${url}: switch it off and clear its address in the settings of the App on GitHub`;
  return { place: describePlace({ kind: 'app' }), done: 'failed', detail };
}
