import {
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { unsetLabel } from '../../../lib/adapters/aws/secrets/unset-label.ts';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { kebabName } from './secret-spelling.ts';

/** Where the secrets of a stack are. */
export interface SecretVault {
  client: SecretsManagerClient;
  /** `autonomous-cicd-dev/` */
  prefix: string;
}

/** A value of a secret, without the value. */
export interface SecretVersion {
  id: string;
  /** Milliseconds since the epoch. */
  madeAt: number;
}

/** What is known of a secret, its values apart. */
export interface SecretVersions {
  /** Undefined while nobody has set it. */
  current: SecretVersion | undefined;
  /** Of a webhook's secret it counts as well. */
  previous: SecretVersion | undefined;
  /** Id of the version that the sender of the webhooks signs with, where a rotation has noted it. */
  registered: string | undefined;
}

/** A label of our own beside those of Secrets Manager. */
const registeredLabel = 'REGISTERED';

/** None for all who read it; the secret itself is the stack's, and stays. */
const blankValue = ' ';

/** `autonomous-cicd-dev/linear-api-key` */
export function secretId({ prefix }: Pick<SecretVault, 'prefix'>, name: SecretName): string {
  return `${prefix}${kebabName(name)}`;
}

/** @returns undefined where the stack has no such secret, not even one without a value */
export async function readSecretVersions(
  vault: SecretVault,
  name: SecretName,
): Promise<SecretVersions | undefined> {
  const command = new ListSecretVersionIdsCommand({ SecretId: secretId(vault, name) });
  try {
    // Only versions with a label are listed: a handful at most.
    const { Versions: versions = [] } = await vault.client.send(command);
    const labelled = (label: string): SecretVersion | undefined => {
      const found = versions.find(({ VersionStages: labels }) => labels?.includes(label));
      if (found?.VersionId === undefined || found.VersionStages?.includes(unsetLabel)) {
        return undefined;
      }
      return { id: found.VersionId, madeAt: found.CreatedDate?.getTime() ?? 0 };
    };
    return {
      current: labelled('AWSCURRENT'),
      previous: labelled('AWSPREVIOUS'),
      registered: labelled(registeredLabel)?.id,
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Whether a rotation has begun whose value the sender is not known to have. */
export function isRotating({ current, registered }: SecretVersions): boolean {
  return current !== undefined && registered !== undefined && registered !== current.id;
}

/** @throws RequestRejectedError where the stack has no such secret */
export async function requireSecretVersions(
  vault: SecretVault,
  name: SecretName,
): Promise<SecretVersions> {
  const versions = await readSecretVersions(vault, name);
  if (versions === undefined) throw noSuchSecret(vault, name);
  return versions;
}

/** @returns undefined where nobody has ever set it */
export async function readCurrentValue(
  vault: SecretVault,
  name: SecretName,
): Promise<string | undefined> {
  const command = new GetSecretValueCommand({ SecretId: secretId(vault, name) });
  try {
    return (await vault.client.send(command)).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/**
 * Makes a value the current one; the current one so far becomes the previous one.
 * @returns the id of its version
 */
export async function putSecret(
  vault: SecretVault,
  name: SecretName,
  value: string,
): Promise<string> {
  return putVersion(vault, name, { SecretString: value });
}

/** Makes a secret one that is not set; neither does the value before count any more. */
export async function unsetSecret(vault: SecretVault, name: SecretName): Promise<void> {
  const labels = ['AWSCURRENT', unsetLabel];
  await putVersion(vault, name, { SecretString: blankValue, VersionStages: labels });
}

/** @returns the id of the version */
async function putVersion(
  vault: SecretVault,
  name: SecretName,
  version: { SecretString: string; VersionStages?: string[] },
): Promise<string> {
  try {
    // The SDK marks it, so that an attempt whose answer got lost makes no second version.
    const command = new PutSecretValueCommand({ SecretId: secretId(vault, name), ...version });
    return (await vault.client.send(command)).VersionId ?? '';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) throw noSuchSecret(vault, name);
    throw error;
  }
}

/** Notes which version the sender signs with. @param before the one that was noted so far */
export async function noteRegistered(
  vault: SecretVault,
  name: SecretName,
  { before, version }: { version: string; before: string | undefined },
): Promise<void> {
  if (before === version) return;
  await vault.client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretId(vault, name),
      VersionStage: registeredLabel,
      MoveToVersionId: version,
      ...(before !== undefined && { RemoveFromVersionId: before }),
    }),
  );
}

function noSuchSecret(vault: SecretVault, name: SecretName): RequestRejectedError {
  return new RequestRejectedError(
    'not-found',
    `There is no secret ${secretId(vault, name)} in Secrets Manager: npx cdk deploy makes it.`,
  );
}
