import type { Hook, SentDeliveries } from '../../../ports/sent-deliveries.ts';
import type { GithubAccess } from '../access/access.ts';
import { addressOfHook, type HookAddress } from './hook-addresses.ts';
import { getPayload, listDeliveries, redeliver } from './hook-deliveries.ts';
import { createOurHooks, type OurHooksOptions } from './our-hooks.ts';

export interface SentDeliveriesOptions extends Omit<OurHooksOptions, 'now'> {
  /** Milliseconds since the epoch. Default: the machine's clock. */
  now?: () => number;
}

/** What GitHub knows of the deliveries that it has sent to this system. */
export function createSentDeliveries(
  access: GithubAccess,
  { now = Date.now, ...options }: SentDeliveriesOptions,
): SentDeliveries {
  const addressOf = (hook: Hook): Promise<HookAddress> =>
    addressOfHook(access, hook, hook.kind === 'app' ? 'app' : hook.id);
  return {
    listHooks: createOurHooks(access, { ...options, now }),
    list: async (hook, query) => listDeliveries(await addressOf(hook), query, now),
    redeliver: async (hook, id) => redeliver(await addressOf(hook), id),
    getPayload: async (hook, id) => getPayload(await addressOf(hook), id),
  };
}
