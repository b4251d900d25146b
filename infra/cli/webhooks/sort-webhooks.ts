import {
  isOurWebhook,
  leadsTo,
  readWebhookAddress,
  webhookAddress,
  type WebhookIdentity,
} from '../../../lib/domain/webhook-addresses.ts';

/** The webhooks of a place, by whose they are and where they lead. */
export interface SortedWebhooks<Webhook> {
  /** Ours that lead here, the marked one first; all of ours where it is not known what leads here. */
  here: Webhook[];
  /** Ours that still lead to an address before. */
  elsewhere: Webhook[];
  others: OtherWebhook[];
}

/** A webhook that leads to a host, which is not ours or not at its present address. */
export interface OtherWebhook {
  detail: string;
  /** What to do about it; absent where there is nothing to do. */
  advice?: string;
}

export function sortWebhooks<Webhook extends { url: string }>(
  webhooks: readonly Webhook[],
  identity: WebhookIdentity,
): SortedWebhooks<Webhook> {
  const { base, installation, source } = identity;
  const ours = webhooks.filter(({ url }) => isOurWebhook(url, identity));
  const rest = webhooks.filter((webhook) => !ours.includes(webhook));
  const others = rest.flatMap(({ url }) => describeOther(url, identity));
  if (base === undefined) return { here: ours, elsewhere: [], others };
  const wanted = webhookAddress(base, source, installation);
  const here = ours.filter(({ url }) => leadsTo(url, base, source));
  return {
    here: here.toSorted((one, other) => Number(other.url === wanted) - Number(one.url === wanted)),
    elsewhere: ours.filter((webhook) => !here.includes(webhook)),
    others,
  };
}

/**
 * The webhook that is to be registered: the one that leads here, else the one that has led here before.
 * Undefined where there is none yet. What stays beside it is told.
 */
export function pickOwn<Webhook extends { url: string }>(
  webhooks: readonly Webhook[],
  identity: WebhookIdentity,
): { own: Webhook | undefined; others: OtherWebhook[] } {
  const { elsewhere, here, others } = sortWebhooks(webhooks, identity);
  const own = here[0] ?? elsewhere[0];
  const leftOver = elsewhere.filter((webhook) => webhook !== own);
  return {
    own,
    others: [...leftOver.map(({ url }) => describeLeftOver(url, identity)), ...others],
  };
}

/** Of what is ours for sure, and leads to an address that is no longer used. */
export function describeLeftOver(url: string, { source }: WebhookIdentity): OtherWebhook {
  const removal = removalOf(readWebhookAddress(url, source)?.base);
  return {
    detail: `${url} is registered, too`,
    advice: `that is an old address of yours: ${removal}`,
  };
}

/** Nothing for a webhook of something else. */
function describeOther(url: string, { base: own, source }: WebhookIdentity): OtherWebhook[] {
  const address = readWebhookAddress(url, source);
  if (address === undefined) return [];
  const { base, mark, shown } = address;
  // Its owner has use for it: nobody is told a command that removes it.
  if (mark !== null) return [{ detail: `${shown} is another installation's` }];
  if (own === undefined) {
    return [{ detail: `${shown} is not marked as ours: if it leads here, set host.webhookUrl` }];
  }
  const advice = `if that is an old address of yours: ${removalOf(base)}`;
  return [{ detail: `${shown} is registered, too`, advice }];
}

/** Nothing that a shell would do anything with. */
const plainAddress = /^https?:\/\/[\w.:/-]+$/;

function removalOf(base = ''): string {
  return plainAddress.test(base)
    ? `cicd webhooks remove --url ${base}`
    : 'remove it where it is registered';
}
