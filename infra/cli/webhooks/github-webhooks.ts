import type {
  CodeHostAdmin,
  HostWebhook,
  WantedHostWebhook,
  WebhookPlace,
} from '../../../lib/ports/code-host-admin.ts';
import { githubEvents, looksLikeOurs } from '../../local/webhook-addresses.ts';
import { describePlace } from './github-places.ts';
import { orFailed, type WebhookOutcome } from './outcome.ts';

/** Creates the webhook, or gives the one with this address our events and secret. */
export function registerGithubWebhook(
  admin: CodeHostAdmin,
  place: WebhookPlace,
  { secret, url }: { url: string; secret: string },
): Promise<WebhookOutcome[]> {
  const name = describePlace(place);
  const wanted: WantedHostWebhook = { url, events: githubEvents, secret };
  return orFailed(name, async () => {
    const hooks = await admin.listWebhooks(place);
    // An App has one webhook, whatever it points at now.
    const own = place.kind === 'app' ? hooks[0] : hooks.find((hook) => hook.url === url);
    const others = hooks.filter((hook) => hook !== own && looksLikeOurs(hook.url, 'github'));
    const created = own === undefined;
    if (created) await admin.createWebhook(place, wanted);
    else await admin.updateWebhook(place, own.id, wanted);
    return [
      { place: name, done: created ? 'created' : 'updated', detail: url },
      ...others.map((other) => tellOther(name, other)),
    ];
  });
}

/** Of an address before this one, or of somebody else's installation: a person has to say. */
function tellOther(place: string, { url }: HostWebhook): WebhookOutcome {
  const detail = `${url} is registered, too; if it is an old address of yours: cicd webhooks remove --url ${new URL(url).origin}`;
  return { place, done: 'nothing to do', detail };
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
    return [
      own.length === 0
        ? { place: name, done: 'nothing to do', detail: `no webhook points at ${url}` }
        : { place: name, done: 'removed', detail: url },
    ];
  });
}
