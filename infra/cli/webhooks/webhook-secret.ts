import { randomBytes } from 'node:crypto';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import { printProgress } from '../output.ts';

/** The secrets that sign deliveries. */
export const webhookSecretNames = ['GITHUB_WEBHOOK_SECRET', 'LINEAR_WEBHOOK_SECRET'] as const;
export type WebhookSecretName = (typeof webhookSecretNames)[number];

/** Of these alone the value before counts as well: a sender may still sign with it. */
export function isWebhookSecret(name: SecretName): name is WebhookSecretName {
  return webhookSecretNames.some((one) => one === name);
}

/**
 * Keeps a new secret where the system reads it.
 * @returns where that is, for people
 * @throws UpstreamError when the system would not find there what was written
 */
export type KeepSecret = (name: SecretName, value: string) => Promise<string>;

/**
 * The secret that signs a sender's deliveries. Where none is set, a new one is made and kept where the
 * functions read it at the next delivery.
 * @throws UpstreamError when they would not find it: they could verify no delivery
 */
export async function ensureWebhookSecret(
  { keepSecret, secrets }: { secrets: SecretStore; keepSecret: KeepSecret },
  name: WebhookSecretName,
): Promise<string> {
  const [known] = await secrets.get(name);
  if (known !== undefined) return known;
  const secret = newWebhookSecret();
  const place = await keepSecret(name, secret);
  printProgress(`A new ${name} was made and written into ${place}.`);
  return secret;
}

/** 64 hex digits: they pass every form and shell as they are. */
export function newWebhookSecret(): string {
  return randomBytes(32).toString('hex');
}
