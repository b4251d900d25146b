import type { EventSource } from '../../lib/domain/event.ts';

/** Below the address at which senders reach the host. */
const paths: Record<EventSource, string> = {
  github: '/webhooks/github',
  linear: '/webhooks/linear',
};

/** Where a sender's webhook has to point. @param base `https://tunnel.example` */
export function webhookAddress(base: string, source: EventSource): string {
  return `${base.replace(/\/+$/, '')}${paths[source]}`;
}

/**
 * Where a host is reached by a webhook that could be one of ours: of this host, of its address before, or of
 * another installation. Undefined for a webhook of something else.
 */
export function baseOf(url: string, source: EventSource): string | undefined {
  const isOurKind = URL.canParse(url) && url.endsWith(paths[source]);
  return isOurKind ? url.slice(0, -paths[source].length) : undefined;
}

/**
 * Whether a sender's webhook brings its deliveries to this host.
 * @param base where senders reach it; undefined where that is not known: any that could be ours counts
 */
export function pointsHere(
  url: string,
  { base, source }: { source: EventSource; base: string | undefined },
): boolean {
  return base === undefined
    ? baseOf(url, source) !== undefined
    : url === webhookAddress(base, source);
}
