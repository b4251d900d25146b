import type { EventSource } from './event.ts';

/** Below the address at which senders reach the host. */
const paths: Record<EventSource, string> = {
  github: '/webhooks/github',
  linear: '/webhooks/linear',
};

/** In the query, which the host takes no notice of: which installation has made the webhook. */
const markName = 'host';

/** By what our webhooks are told from those of others. */
export interface WebhookIdentity {
  source: EventSource;
  /** Where senders reach this host, `https://tunnel.example`; undefined where that is not known. */
  base: string | undefined;
  /** Mark of this installation. */
  installation: string;
}

/** The address of a webhook that leads to a host, ours or another one. */
export interface WebhookAddress {
  /** Where senders reach that host. */
  base: string;
  /** Without what may be secret: neither query nor password. */
  shown: string;
  /** The installation that has made it, empty where the query says something else; null for a bare address. */
  mark: string | null;
}

/** Where a sender's webhook has to point. @param base `https://tunnel.example` */
export function webhookAddress(base: string, source: EventSource, installation: string): string {
  return `${plainBase(base)}${paths[source]}?${markName}=${installation}`;
}

/** Undefined for a webhook of something else. */
export function readWebhookAddress(url: string, source: EventSource): WebhookAddress | undefined {
  const parsed = URL.parse(url);
  const path = paths[source];
  if (parsed === null || !parsed.pathname.endsWith(path)) return undefined;
  return {
    base: plainBase(url).slice(0, -path.length),
    shown: showAddress(url),
    mark: parsed.search === '' ? null : (parsed.searchParams.get(markName) ?? ''),
  };
}

/** Whether a webhook brings its deliveries to this host, or did before, whoever has made it. */
export function bringsHere(url: string, identity: WebhookIdentity): boolean {
  const { base, source } = identity;
  return isOurWebhook(url, identity) || (base !== undefined && leadsTo(url, base, source));
}

/**
 * Whether this installation has made a webhook, wherever it points by now: an address may have changed since.
 * One without a mark was made by hand, and is ours where it leads to the very address of this host.
 */
export function isOurWebhook(
  url: string,
  { base, installation, source }: WebhookIdentity,
): boolean {
  const address = readWebhookAddress(url, source);
  if (address === undefined) return false;
  if (address.mark !== null) return address.mark === installation;
  return base !== undefined && leadsTo(url, base, source);
}

/** Whether a webhook brings its deliveries to this address, whoever has made it. */
export function leadsTo(url: string, base: string, source: EventSource): boolean {
  return readWebhookAddress(url, source)?.base === plainBase(base);
}

/** An address as it may be shown: without query and password, which can hold what is secret. */
export function showAddress(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'an address that is none' : `${parsed.origin}${parsed.pathname}`;
}

/** One spelling of each: `https://tunnel.example`, `https://tunnel.example/to/us`. */
function plainBase(address: string): string {
  const url = new URL(address);
  url.search = '';
  url.hash = '';
  return url.href.replace(/\/+$/, '');
}
