import type {
  DescribeSecretResponse,
  GetSecretValueResponse,
  SecretListEntry,
  SecretVersionsListEntry,
} from '@aws-sdk/client-secrets-manager';
import type { Secret, SecretVersion } from './secret-versions.ts';

export function secretName({ arn, name }: Secret) {
  return { ARN: arn, Name: name };
}

export function secretEntry(secret: Secret): SecretListEntry {
  return { ...secretName(secret), SecretVersionsToStages: stagesOf(secret) };
}

export function secretDescription(secret: Secret): DescribeSecretResponse {
  return {
    ...secretName(secret),
    Description: secret.description,
    CreatedDate: secret.createdAt,
    DeletedDate: secret.deletedAt,
    VersionIdsToStages: stagesOf(secret),
  };
}

export function secretValue(secret: Secret, version: SecretVersion): GetSecretValueResponse {
  return {
    ...secretName(secret),
    ...version.value,
    VersionId: version.id,
    VersionStages: [...version.stages],
    CreatedDate: version.createdAt,
  };
}

/** Versions without a label are about to go. */
export function labelledVersions({ versions }: Secret): SecretVersionsListEntry[] {
  return versions
    .filter(({ stages }) => stages.size > 0)
    .map(({ createdAt, id, stages }) => ({
      VersionId: id,
      VersionStages: [...stages],
      CreatedDate: createdAt,
    }));
}

function stagesOf({ versions }: Secret): Record<string, string[]> {
  return Object.fromEntries(versions.map(({ id, stages }) => [id, [...stages]]));
}
