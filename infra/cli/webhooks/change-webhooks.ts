import type { WebhookPlace } from '../../../lib/ports/code-host-admin.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { webhookAddress } from '../../local/webhook-addresses.ts';
import { askGithub } from '../ask-github.ts';
import { WrongUseError } from '../exit-codes.ts';
import type { OpenOutside } from '../open-outside.ts';
import { findGithubPlaces } from './github-places.ts';
import { registerGithubWebhook, removeGithubWebhook } from './github-webhooks.ts';
import { registerLinearWebhook, removeLinearWebhook } from './linear-webhooks.ts';
import { orFailed, type WebhookOutcome } from './outcome.ts';
import { ensureWebhookSecret } from './webhook-secret.ts';

/** What is to be changed, and where. */
export interface WebhookChange {
  config: Config;
  outside: OpenOutside;
  /** Where senders reach this host. */
  url: string;
  organisation: string | undefined;
  envFile: string;
}

/** Creates or updates the webhooks at both services, and makes the secrets that are missing. */
export async function registerWebhooks(change: WebhookChange): Promise<WebhookOutcome[]> {
  const { envFile, outside } = change;
  const { github, linear, secrets } = outside;
  const ofGithub = await orFailed('GitHub', async () => {
    const places = await listPlaces(change);
    if (places.length === 0) return [];
    const secret = await ensureWebhookSecret(secrets, 'GITHUB_WEBHOOK_SECRET', envFile);
    const url = webhookAddress(change.url, 'github');
    const register = (place: WebhookPlace) => registerGithubWebhook(github, place, { url, secret });
    return (await askGithub('webhooks', places, register)).flat();
  });
  const ofLinear = await orFailed('Linear', async () => {
    if (!(await linear.tracker.isConfigured())) return [];
    const secret = await ensureWebhookSecret(secrets, 'LINEAR_WEBHOOK_SECRET', envFile);
    const url = webhookAddress(change.url, 'linear');
    return registerLinearWebhook(linear.admin, { url, secret });
  });
  return [...ofGithub, ...ofLinear];
}

/** Removes the webhooks that lead here, and no others. The secrets stay. */
export async function removeWebhooks(change: WebhookChange): Promise<WebhookOutcome[]> {
  const { github, linear } = change.outside;
  const ofGithub = await orFailed('GitHub', async () => {
    const url = webhookAddress(change.url, 'github');
    const remove = (place: WebhookPlace) => removeGithubWebhook(github, place, url);
    return (await askGithub('webhooks', await listPlaces(change), remove)).flat();
  });
  const ofLinear = await orFailed('Linear', async () => {
    if (!(await linear.tracker.isConfigured())) return [];
    return removeLinearWebhook(linear.admin, webhookAddress(change.url, 'linear'));
  });
  return [...ofGithub, ...ofLinear];
}

async function listPlaces(change: WebhookChange): Promise<WebhookPlace[]> {
  const { config, organisation, outside, url } = change;
  const { kind } = await outside.github.whoAmI();
  if (kind === 'app' && organisation !== undefined) {
    throw new WrongUseError('A GitHub App has a webhook of its own: leave out --organization.');
  }
  return findGithubPlaces(outside.github, { config, kind, organisation, url });
}
