import type { ListSecretsRequest, ListSecretsResponse } from '@aws-sdk/client-secrets-manager';
import { randomUUID } from 'node:crypto';
import type { Call } from '../../service.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { secretEntry } from './secret-answers.ts';
import type { Secret } from './secret-versions.ts';

export type KnownSecrets = ReturnType<typeof createKnownSecrets>;

/** The secrets by their names, each with the ARN that it got when it was made. */
export function createKnownSecrets() {
  const secrets = new Map<string, Secret>();

  function find(id = ''): Secret {
    const secret = secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id);
    if (secret !== undefined) return secret;
    const message = "Secrets Manager can't find the specified secret.";
    throw new AwsError('ResourceNotFoundException', message);
  }

  return {
    add(secret: Secret): void {
      if (secrets.has(secret.name)) {
        const message = `The operation failed because the secret ${secret.name} already exists.`;
        throw new AwsError('ResourceExistsException', message);
      }
      secrets.set(secret.name, secret);
    },
    /** Also one that is marked for deletion. @param id name or ARN */
    find,
    /** @throws AwsError for one that is marked for deletion as well */
    requireLive(id: string | undefined): Secret {
      const secret = find(id);
      if (secret.deletedAt === undefined) return secret;
      const message =
        "You can't perform this operation on the secret because it was marked for deletion.";
      throw new AwsError('InvalidRequestException', message);
    },
    /** Days from now; 0: at once. @returns when it goes */
    remove(id: string | undefined, days: number): Date {
      const secret = find(id);
      const at = new Date(Date.now() + days * 86_400_000);
      if (days === 0) secrets.delete(secret.name);
      else secret.deletedAt = at;
      return at;
    },
    list: (request: ListSecretsRequest): ListSecretsResponse =>
      listSecrets([...secrets.values()], request),
    /** A policy names a secret with `-??????` at the end, also one that does not exist. */
    arnOf: (id: string, call: Call): string =>
      secrets.get(id)?.arn ?? (id.startsWith('arn:') ? id : newSecretArn(id, call)),
  };
}

/** Ends with six characters of Secrets Manager's own. */
export function newSecretArn(name: string, { region, account }: Call): string {
  const suffix = randomUUID().slice(0, 6);
  return `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${suffix}`;
}

function listSecrets(
  secrets: readonly Secret[],
  { Filters = [], MaxResults = 100, NextToken = '0' }: ListSecretsRequest,
): ListSecretsResponse {
  const prefixes = Filters.filter(({ Key }) => Key === 'name').flatMap(
    ({ Values }) => Values ?? [],
  );
  const found = secrets.filter(
    ({ name, deletedAt }) =>
      deletedAt === undefined &&
      (prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix))),
  );
  const from = Number(NextToken);
  const end = from + MaxResults;
  return {
    SecretList: found.slice(from, end).map(secretEntry),
    ...(end < found.length && { NextToken: String(end) }),
  };
}
