import { isOurWebhook, readWebhookAddress } from '../../../lib/domain/webhook-addresses.ts';
import { askGithub } from '../ask-github.ts';
import type { WebhookSetup } from './change-webhooks.ts';
import { findGithubPlaces } from './github-places.ts';
import { listVisible } from './hidden-webhooks.ts';

/**
 * Where the webhooks lead that this installation has made: `https://old.example`. What cannot be asked is
 * left out: this says more to somebody who has to say where they should lead, and needs not be complete.
 */
export async function listMarkedAddresses(setup: WebhookSetup): Promise<string[]> {
  const found = await Promise.allSettled([listAtGithub(setup), listAtLinear(setup)]);
  const bases = found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  return [...new Set(bases)];
}

async function listAtGithub({ config, organisation, outside }: WebhookSetup): Promise<string[]> {
  const { github, installation } = outside;
  const isMeant = (url: string) =>
    isOurWebhook(url, { source: 'github', base: undefined, installation });
  const { kind } = await github.whoAmI();
  const places = await findGithubPlaces(github, { config, isMeant, kind, organisation });
  const hooks = await askGithub('webhooks', places, (place) =>
    listVisible(() => github.listWebhooks(place)),
  );
  return hooks
    .flat()
    .filter(({ url }) => isMeant(url))
    .flatMap(({ url }) => readWebhookAddress(url, 'github')?.base ?? []);
}

async function listAtLinear({ outside }: Pick<WebhookSetup, 'outside'>): Promise<string[]> {
  const { installation, linear } = outside;
  if (!(await linear.tracker.isConfigured())) return [];
  const hooks = await linear.admin.listWebhooks();
  return hooks
    .filter(({ url }) => isOurWebhook(url, { source: 'linear', base: undefined, installation }))
    .flatMap(({ url }) => readWebhookAddress(url, 'linear')?.base ?? []);
}
