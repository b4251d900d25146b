import { secretNames, type SecretName } from '../../../lib/domain/secret-names.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { isWebhookSecret } from '../webhooks/webhook-secret.ts';
import { missingSecrets, secretUses } from './secret-uses.ts';
import {
  isRotating,
  readSecretVersions,
  type SecretVault,
  type SecretVersions,
} from './secret-versions.ts';

/** A secret as lists show it. Never its value. */
export interface ListedSecret {
  name: SecretName;
  /** `absent`: the stack has no such secret, not even one without a value. */
  state: 'set' | 'needed' | 'not set' | 'absent';
  /** When its value was last changed, ISO 8601 UTC; null where it has none. */
  changedAt: string | null;
  /** Whether the value before counts as well, as that of webhooks does. */
  previousCounts: boolean;
  /** Whether a rotation has not been brought to its end. */
  rotating: boolean;
  use: string;
}

/** In the order of their names in the program. */
export async function readListedSecrets(
  vault: SecretVault,
  config: Config,
): Promise<ListedSecret[]> {
  const found = new Map(
    await Promise.all(
      secretNames.map(async (name) => [name, await readSecretVersions(vault, name)] as const),
    ),
  );
  const missing = missingSecrets(config, (name) => found.get(name)?.current !== undefined);
  return secretNames.map((name) => listed(name, found.get(name), missing.has(name)));
}

function listed(
  name: SecretName,
  versions: SecretVersions | undefined,
  isMissing: boolean,
): ListedSecret {
  const { current, previous } = versions ?? {};
  const unset = isMissing ? 'needed' : versions === undefined ? 'absent' : 'not set';
  return {
    name,
    state: current === undefined ? unset : 'set',
    changedAt: current === undefined ? null : new Date(current.madeAt).toISOString(),
    previousCounts: previous !== undefined && isWebhookSecret(name),
    rotating: versions !== undefined && isRotating(versions),
    use: secretUses[name],
  };
}
