import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { ResolvedTemplate } from '../template/resolve-template.ts';

/** No value is in the template, and none may come into it. */
const secretSchema = z
  .object({ Name: z.string() })
  .loose()
  .refine((secret) => !('SecretString' in secret) && !('GenerateSecretString' in secret));

/** Makes the secrets of the template, without values. */
export async function createSecrets(
  { resources }: ResolvedTemplate,
  settings: SecretsManagerClientConfig,
): Promise<void> {
  const client = new SecretsManagerClient(settings);
  for (const { properties, type } of resources) {
    if (type !== 'AWS::SecretsManager::Secret') continue;
    const { Name } = secretSchema.parse(properties);
    await client.send(new CreateSecretCommand({ Name }));
  }
  client.destroy();
}

/** Sets a value as `cicd secrets set` does: the one before stays valid as the previous one. */
export async function putSecret(
  client: SecretsManagerClient,
  name: string,
  value: string,
): Promise<void> {
  await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
}
