import { setTimeout as wait } from 'node:timers/promises';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { openOutside } from '../desks/open-outside.ts';
import type { Settings } from '../settings.ts';
import { printProgress } from '../output.ts';
import { openStack } from '../stack/open-stack.ts';
import { switchWebhookSecret } from '../webhooks/switch-secret.ts';
import { isWebhookSecret, type WebhookSecretName } from '../webhooks/webhook-secret.ts';
import { readListedSecrets, type ListedSecret } from './list-secrets.ts';
import { noteSwitched, rotateSecret, type RotationResult } from './rotate-secret.ts';
import { kebabName } from './secret-spelling.ts';
import { partnerOf } from './secret-uses.ts';
import {
  isRotating,
  putSecret,
  readCurrentValue,
  readSecretVersions,
  requireSecretVersions,
  secretId,
  unsetSecret,
  type SecretVault,
} from './secret-versions.ts';

/** The secrets of a stack. */
export async function openVault(settings: Settings, stack: string): Promise<SecretVault> {
  const { clients, stack: described } = await openStack(settings, stack);
  return { client: clients.secretsManager, prefix: described.outputs.SecretsPrefix };
}

/** All that there can be, and what the configuration needs of them. */
export async function listSecrets(settings: Settings, stack: string): Promise<ListedSecret[]> {
  return readListedSecrets(await openVault(settings, stack), settings.config.config);
}

/**
 * @param wanted `force` gives up a rotation that has begun
 * @returns what was done, for people
 * @throws RequestRejectedError while a rotation is not finished: the sender's value would count no more
 */
export async function setSecret(
  vault: SecretVault,
  name: SecretName,
  { force, value }: { value: string; force: boolean },
): Promise<string> {
  const versions = await requireSecretVersions(vault, name);
  const id = secretId(vault, name);
  // The same one again would be both values, and push out the one before.
  if (value === (await readCurrentValue(vault, name)))
    return `${id} has this value already: nothing was changed.`;
  if (isRotating(versions) && !force) throw rotationFirst(name);
  await putSecret(vault, name, value);
  if (versions.current !== undefined && isWebhookSecret(name)) {
    return `${id} is set. The value before counts as well, until the next change.`;
  }
  return `${id} is set.${await adviceOnPartner(vault, name)}`;
}

/** Half an identity is refused, not passed over: who set it up would else act as somebody else. */
async function adviceOnPartner(vault: SecretVault, name: SecretName): Promise<string> {
  const partner = partnerOf(name);
  if (partner === undefined) return '';
  if ((await readSecretVersions(vault, partner))?.current !== undefined) return '';
  const unset = `cicd secrets unset ${kebabName(name)}`;
  return ` Nothing can sign in with it until ${kebabName(partner)} is set, too; ${unset} takes it back.`;
}

function rotationFirst(name: SecretName): RequestRejectedError {
  return new RequestRejectedError(
    'conflict',
    `A rotation of ${name} has begun, and the webhooks may still sign with the value before it, which another ` +
      'value would push out. Finish it: cicd secrets rotate. --force sets it all the same.',
  );
}

/** @returns what was done, for people */
export async function unsetOnStack(vault: SecretVault, name: SecretName): Promise<string> {
  const { current } = await requireSecretVersions(vault, name);
  const id = secretId(vault, name);
  if (current === undefined) return `${id} is not set: nothing was changed.`;
  await unsetSecret(vault, name);
  const advice = 'Secrets Manager keeps the value as the one before: revoke it where it was made.';
  return `${id} is not set any more. ${advice}`;
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
      wait,
      tell: printProgress,
      switchSender: (value) => switchWebhookSecret({ config, organisation, outside }, name, value),
    });
  } finally {
    await outside.close();
  }
}
