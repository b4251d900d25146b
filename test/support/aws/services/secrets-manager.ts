import * as client from '@aws-sdk/client-secrets-manager';
import { randomBytes, randomUUID } from 'node:crypto';
import type { AwsService, Call } from '../service.ts';
import { AwsError } from '../wire/aws-error.ts';
import { createJsonWire } from '../wire/json-wire.ts';
import { serviceSchemas } from '../wire/service-schemas.ts';
import {
  createSecret,
  moveStage,
  putVersion,
  versionOf,
  type Secret,
  type SecretValue,
} from './secret-versions.ts';

const longestValue = 65_536;

/** Secrets Manager without rotation by functions, replication and resource policies. */
export function createSecretsManager(): AwsService {
  const secrets = new Map<string, Secret>();

  function find(id: string): Secret {
    const secret = secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id);
    if (secret !== undefined) return secret;
    throw notFound("Secrets Manager can't find the specified secret.");
  }

  function requireLive(id: string): Secret {
    const secret = find(id);
    if (secret.deletedAt === undefined) return secret;
    const message =
      "You can't perform this operation on the secret because it was marked for deletion.";
    throw new AwsError('InvalidRequestException', message);
  }

  return {
    name: 'secretsmanager',
    wire: createJsonWire(serviceSchemas(client), '1.1'),
    resources: (operation, input: { SecretId?: string; Name?: string }, call) => {
      if (operation === 'ListSecrets' || operation === 'GetRandomPassword') return ['*'];
      const id = input.SecretId ?? input.Name ?? '';
      // A policy names a secret with `-??????` at the end, also one that does not exist.
      return [secrets.get(id)?.arn ?? (id.startsWith('arn:') ? id : secretArn(id, call))];
    },
    operations: {
      CreateSecret(input: client.CreateSecretCommandInput, call: Call) {
        const name = input.Name ?? '';
        if (secrets.has(name)) {
          const message = `The operation failed because the secret ${name} already exists.`;
          throw new AwsError('ResourceExistsException', message);
        }
        const secret = createSecret(name, secretArn(name, call), input);
        secrets.set(name, secret);
        const version = hasValue(input) ? putVersion(secret, input) : undefined;
        return { ARN: secret.arn, Name: name, VersionId: version?.id };
      },
      PutSecretValue(input: client.PutSecretValueCommandInput) {
        requireValue(input);
        const secret = requireLive(input.SecretId ?? '');
        const version = putVersion(secret, input);
        return { ...nameOf(secret), VersionId: version.id, VersionStages: [...version.stages] };
      },
      GetSecretValue(input: client.GetSecretValueCommandInput) {
        const secret = requireLive(input.SecretId ?? '');
        const version = versionOf(secret, input);
        const { id, value, stages, createdAt } = version;
        return {
          ...nameOf(secret),
          ...value,
          VersionId: id,
          VersionStages: [...stages],
          CreatedDate: createdAt,
        };
      },
      DescribeSecret: (input: client.DescribeSecretCommandInput) =>
        describe(find(input.SecretId ?? '')),
      ListSecretVersionIds(input: client.ListSecretVersionIdsCommandInput) {
        const secret = find(input.SecretId ?? '');
        return { ...nameOf(secret), Versions: labelledVersions(secret) };
      },
      ListSecrets: (input: client.ListSecretsCommandInput) => listSecrets(secrets, input),
      UpdateSecretVersionStage(input: client.UpdateSecretVersionStageCommandInput) {
        const secret = requireLive(input.SecretId ?? '');
        moveStage(secret, input);
        return nameOf(secret);
      },
      DeleteSecret(input: client.DeleteSecretCommandInput) {
        const secret = find(input.SecretId ?? '');
        const days = input.ForceDeleteWithoutRecovery ? 0 : (input.RecoveryWindowInDays ?? 30);
        const deletionDate = new Date(Date.now() + days * 86_400_000);
        if (days === 0) secrets.delete(secret.name);
        else secret.deletedAt = deletionDate;
        return { ...nameOf(secret), DeletionDate: deletionDate };
      },
      GetRandomPassword: (input: client.GetRandomPasswordCommandInput) => ({
        RandomPassword: randomBytes(256)
          .toString('base64url')
          .slice(0, input.PasswordLength ?? 32),
      }),
    },
  };
}

function listSecrets(
  secrets: ReadonlyMap<string, Secret>,
  { Filters = [], MaxResults = 100, NextToken = '0' }: client.ListSecretsCommandInput,
): client.ListSecretsResponse {
  const prefixes = Filters.filter(({ Key }) => Key === 'name').flatMap(
    ({ Values }) => Values ?? [],
  );
  const found = [...secrets.values()].filter(
    ({ name, deletedAt }) =>
      deletedAt === undefined &&
      (prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix))),
  );
  const from = Number(NextToken);
  const end = from + MaxResults;
  return {
    SecretList: found.slice(from, end).map(listEntry),
    ...(end < found.length && { NextToken: String(end) }),
  };
}

function listEntry(secret: Secret): client.SecretListEntry {
  return { ...nameOf(secret), SecretVersionsToStages: stagesOf(secret) };
}

function describe(secret: Secret): client.DescribeSecretResponse {
  return {
    ...nameOf(secret),
    Description: secret.description,
    CreatedDate: secret.createdAt,
    DeletedDate: secret.deletedAt,
    VersionIdsToStages: stagesOf(secret),
  };
}

/** Those without a label are about to go. */
function labelledVersions({ versions }: Secret): client.SecretVersionsListEntry[] {
  return versions
    .filter(({ stages }) => stages.size > 0)
    .map(({ createdAt, id, stages }) => ({
      VersionId: id,
      VersionStages: [...stages],
      CreatedDate: createdAt,
    }));
}

function stagesOf(secret: Secret): Record<string, string[]> {
  return Object.fromEntries(secret.versions.map(({ id, stages }) => [id, [...stages]]));
}

function nameOf(secret: Secret) {
  return { ARN: secret.arn, Name: secret.name };
}

function secretArn(name: string, { region, account }: Call): string {
  const suffix = randomUUID().slice(0, 6);
  return `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${suffix}`;
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

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
