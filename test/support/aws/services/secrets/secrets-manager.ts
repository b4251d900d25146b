import * as client from '@aws-sdk/client-secrets-manager';
import type { AwsService, Call, Operation } from '../../service.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { createJsonWire } from '../../wire/json-wire.ts';
import { serviceSchemas } from '../../wire/service-schemas.ts';
import { createKnownSecrets, newSecretArn, type KnownSecrets } from './known-secrets.ts';
import { labelledVersions, secretDescription, secretName, secretValue } from './secret-answers.ts';
import {
  createSecret,
  moveStage,
  putVersion,
  versionOf,
  type SecretValue,
} from './secret-versions.ts';

const longestValue = 65_536;
const usualRecoveryDays = 30;

/** Secrets Manager without rotation by functions, replication and resource policies. */
export function createSecretsManager(): AwsService {
  const secrets = createKnownSecrets();
  return {
    name: 'secretsmanager',
    wire: createJsonWire(serviceSchemas(client), '1.1'),
    resources: (operation, { SecretId, Name }: { SecretId?: string; Name?: string }, call) =>
      operation === 'ListSecrets' ? ['*'] : [secrets.arnOf(SecretId ?? Name ?? '', call)],
    operations: {
      ...secretOperations(secrets),
      ...versionOperations(secrets),
    },
  };
}

function secretOperations(secrets: KnownSecrets): Record<string, Operation> {
  return {
    CreateSecret(input: client.CreateSecretCommandInput, call: Call) {
      const name = input.Name ?? '';
      const secret = createSecret(name, newSecretArn(name, call), input);
      secrets.add(secret);
      const version = hasValue(input) ? putVersion(secret, input) : undefined;
      return { ...secretName(secret), VersionId: version?.id };
    },
    DescribeSecret: ({ SecretId }: client.DescribeSecretCommandInput) =>
      secretDescription(secrets.find(SecretId)),
    ListSecrets: (input: client.ListSecretsCommandInput) => secrets.list(input),
    DeleteSecret(input: client.DeleteSecretCommandInput) {
      const secret = secrets.find(input.SecretId);
      const { ForceDeleteWithoutRecovery, RecoveryWindowInDays = usualRecoveryDays } = input;
      const days = ForceDeleteWithoutRecovery ? 0 : RecoveryWindowInDays;
      return { ...secretName(secret), DeletionDate: secrets.remove(input.SecretId, days) };
    },
  };
}

function versionOperations(secrets: KnownSecrets): Record<string, Operation> {
  return {
    PutSecretValue(input: client.PutSecretValueCommandInput) {
      requireValue(input);
      const secret = secrets.requireLive(input.SecretId);
      const { id, stages } = putVersion(secret, input);
      return { ...secretName(secret), VersionId: id, VersionStages: [...stages] };
    },
    GetSecretValue(input: client.GetSecretValueCommandInput) {
      const secret = secrets.requireLive(input.SecretId);
      return secretValue(secret, versionOf(secret, input));
    },
    ListSecretVersionIds({ SecretId }: client.ListSecretVersionIdsCommandInput) {
      const secret = secrets.find(SecretId);
      return { ...secretName(secret), Versions: labelledVersions(secret) };
    },
    UpdateSecretVersionStage(input: client.UpdateSecretVersionStageCommandInput) {
      const secret = secrets.requireLive(input.SecretId);
      moveStage(secret, input);
      return secretName(secret);
    },
  };
}

function hasValue(input: SecretValue): boolean {
  return input.SecretString !== undefined || input.SecretBinary !== undefined;
}

function requireValue(input: client.PutSecretValueCommandInput): void {
  if ((input.SecretString === undefined) === (input.SecretBinary === undefined)) {
    const message = 'You must provide either SecretString or SecretBinary.';
    throw new AwsError('InvalidParameterException', message);
  }
  if ((input.SecretString?.length ?? 0) > longestValue) {
    throw new AwsError('ValidationException', 'SecretString must have at most 65536 characters');
  }
}
