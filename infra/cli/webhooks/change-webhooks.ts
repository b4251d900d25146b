import type { EventSource } from '../../../lib/domain/event.ts';
import type { WebhookPlace } from '../../../lib/ports/code-host-admin.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import {
  isOurWebhook,
  leadsTo,
  webhookAddress,
  type WebhookIdentity,
} from '../../../lib/domain/webhook-addresses.ts';
import { askGithub } from '../ask-github.ts';
import { WrongUseError } from '../exit-codes.ts';
import type { OpenOutside } from '../desks/open-outside.ts';
import { findGithubPlaces } from './github-places.ts';
import { registerGithubWebhook, removeGithubWebhook } from './github-webhooks.ts';
import { registerLinearWebhook, removeLinearWebhook } from './linear-webhooks.ts';
import { orFailed, type WebhookOutcome } from './outcome.ts';
import { ensureWebhookSecret } from './webhook-secret.ts';

/** Where webhooks are to be changed. */
export interface WebhookSetup {
  config: Config;
  outside: OpenOutside;
  organisation: string | undefined;
}

/** What is to be registered. */
export interface WebhookChange extends WebhookSetup {
  /** Where senders reach this host. */
  base: string;
  /** Takes over an App's webhook that leads elsewhere and is not ours. */
  replace: boolean;
}

/** What is to be removed: ours, or those that lead to the address that a person has named. */
export interface WebhookRemoval extends WebhookSetup {
  named: string | undefined;
}

/** Creates or updates the webhooks at both services, and makes the secrets that are missing. */
export async function registerWebhooks(change: WebhookChange): Promise<WebhookOutcome[]> {
  const { base, outside, replace } = change;
  const { github, installation, linear } = outside;
  const ofGithub = await orFailed('GitHub', async () => {
    const identity: WebhookIdentity = { source: 'github', base, installation };
    const places = await listPlaces(change, (url) => isOurWebhook(url, identity));
    if (places.length === 0) return [];
    const secret = await ensureWebhookSecret(outside, 'GITHUB_WEBHOOK_SECRET');
    const url = webhookAddress(base, 'github', installation);
    const register = (place: WebhookPlace) =>
      registerGithubWebhook(github, place, { identity, replace, secret, url });
    return (await askGithub('webhooks', places, register)).flat();
  });
  const ofLinear = await orFailed('Linear', async () => {
    if (!(await linear.tracker.isConfigured())) return [];
    const secret = await ensureWebhookSecret(outside, 'LINEAR_WEBHOOK_SECRET');
    const identity: WebhookIdentity = { source: 'linear', base, installation };
    const url = webhookAddress(base, 'linear', installation);
    return registerLinearWebhook(linear.admin, { identity, secret, url });
  });
  return [...ofGithub, ...ofLinear];
}

/** Removes webhooks, and no others. The secrets stay. */
export async function removeWebhooks(removal: WebhookRemoval): Promise<WebhookOutcome[]> {
  const { named, outside } = removal;
  const { github, installation, linear, webhookUrl: base } = outside;
  const isMeant = (source: EventSource) => (url: string) =>
    named === undefined
      ? isOurWebhook(url, { source, base, installation })
      : leadsTo(url, named, source);
  const ofGithub = await orFailed('GitHub', async () => {
    const places = await listPlaces(removal, isMeant('github'));
    const remove = (place: WebhookPlace) => removeGithubWebhook(github, place, isMeant('github'));
    return (await askGithub('webhooks', places, remove)).flat();
  });
  const ofLinear = await orFailed('Linear', async () => {
    if (!(await linear.tracker.isConfigured())) return [];
    return removeLinearWebhook(linear.admin, isMeant('linear'));
  });
  return [...ofGithub, ...ofLinear];
}

async function listPlaces(
  { config, organisation, outside }: WebhookSetup,
  isMeant: (url: string) => boolean,
): Promise<WebhookPlace[]> {
  const { kind } = await outside.github.whoAmI();
  if (kind === 'app' && organisation !== undefined) {
    throw new WrongUseError('A GitHub App has a webhook of its own: leave out --organization.');
  }
  return findGithubPlaces(outside.github, { config, isMeant, kind, organisation });
}
