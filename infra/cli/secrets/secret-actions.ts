import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { openOutside } from '../open-outside.ts';
import type { Settings } from '../options.ts';
import { printProgress } from '../output.ts';
import { openStack } from '../stack/open-stack.ts';
import { switchWebhookSecret } from '../webhooks/switch-secret.ts';
import type { WebhookSecretName } from '../webhooks/webhook-secret.ts';
import { readListedSecrets, type ListedSecret } from './list-secrets.ts';
import { noteSwitched, rotateSecret, type RotationResult } from './rotate-secret.ts';
import { putSecret, requireSecretVersions, secretId, type SecretVault } from './secret-versions.ts';

/** The secrets of a stack. */
export async function openVault(settings: Settings, stack: string): Promise<SecretVault> {
  const { clients, stack: described } = await openStack(settings, stack);
  return { client: clients.secretsManager, prefix: described.outputs.SecretsPrefix };
}

/** All that there can be, and what the configuration needs of them. */
export async function listSecrets(settings: Settings, stack: string): Promise<ListedSecret[]> {
  return readListedSecrets(await openVault(settings, stack), settings.config.config);
}

/** @returns what was done, for people */
export async function setSecret(
  vault: SecretVault,
  name: SecretName,
  value: string,
): Promise<string> {
  const { current } = await requireSecretVersions(vault, name);
  const id = secretId(vault, name);
  await putSecret(vault, name, value);
  if (current === undefined) return `${id} is set.`;
  return `${id} is set. The value before counts as well, until the next change.`;
}

/** Notes that a person has given the current value to the other side. */
export function markSwitched(vault: SecretVault, name: WebhookSecretName): Promise<void> {
  return noteSwitched({ vault, name });
}

/** Rotates the secret of webhooks, and gives it to those that this stack has registered. */
export async function rotateOnStack(
  settings: Settings,
  stack: string,
  wanted: { name: WebhookSecretName; force: boolean; organisation: string | undefined },
): Promise<RotationResult> {
  const { force, name, organisation } = wanted;
  const outside = await openOutside({ ...settings, stack });
  try {
    const { config } = settings.config;
    return await rotateSecret({
      vault: await openVault(settings, stack),
      secrets: outside.secrets,
      name,
      force,
      now: Date.now,
      tell: printProgress,
      switchSender: (value) => switchWebhookSecret({ config, organisation, outside }, name, value),
    });
  } finally {
    await outside.close();
  }
}
