import { DescribeStacksCommand, CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { HttpRequest } from '@smithy/core/protocols';
import { expect, test } from 'vitest';
import type { Credentials } from '../../../support/aws/credentials.ts';
import { startedAws } from '../../../support/aws/started-aws.ts';

const principal = { arn: 'arn:aws:sts::123456789012:assumed-role/reader/function' };

async function listWith(change: (valid: Credentials) => Credentials, expiresAt?: number) {
  const server = await startedAws();
  const valid = server.issue(principal, {
    session: true,
    ...(expiresAt !== undefined && { expiresAt }),
  });
  const client = new SecretsManagerClient(server.settingsOf(change(valid)));
  const listing = client.send(new ListSecretsCommand({}));
  await listing.catch(() => {});
  return { server, listing };
}

test('knows who has signed a request', async () => {
  const { listing, server } = await listWith((valid) => valid);

  await expect(listing).resolves.toMatchObject({ SecretList: [] });
  expect(server.calls).toMatchObject([
    { service: 'secretsmanager', operation: 'ListSecrets', principal: principal.arn },
  ]);
});

test.each<[string, (valid: Credentials) => Credentials, string]>([
  [
    'signed with another secret',
    (valid) => ({ ...valid, secretAccessKey: 'wrong' }),
    'InvalidSignatureException',
  ],
  [
    'with a key that nobody has',
    (valid) => ({ ...valid, accessKeyId: 'AKIAUNKNOWN' }),
    'UnrecognizedClientException',
  ],
  [
    'with another session token',
    (valid) => ({ ...valid, sessionToken: 'other' }),
    'UnrecognizedClientException',
  ],
  [
    'without its session token',
    ({ accessKeyId, secretAccessKey }) => ({ accessKeyId, secretAccessKey }),
    'UnrecognizedClientException',
  ],
])('refuses a request %s', async (_, change, name) => {
  const { listing, server } = await listWith(change);

  await expect(listing).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
  expect(server.calls).toEqual([]);
});

test('refuses credentials that have expired', async () => {
  const { listing } = await listWith((valid) => valid, Date.now() - 1);

  await expect(listing).rejects.toMatchObject({ name: 'ExpiredTokenException' });
});

test('tells so by the older names where a service has those', async () => {
  const server = await startedAws();
  const expired = server.issue(principal, { session: true, expiresAt: 1 });
  const client = new CloudFormationClient(server.settingsOf(expired));

  const describing = client.send(new DescribeStacksCommand({}));

  await expect(describing).rejects.toMatchObject({ name: 'ExpiredToken' });
});

test('refuses a body that was changed after it was signed', async () => {
  const server = await startedAws();
  const client = new SecretsManagerClient(server.clientSettings);
  client.middlewareStack.add(
    (next) => (given) => {
      if (HttpRequest.isInstance(given.request)) given.request.body = '[]';
      return next(given);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );

  const listing = client.send(new ListSecretsCommand({}));

  await expect(listing).rejects.toMatchObject({ name: 'InvalidSignatureException' });
});

test('refuses a header that was added after the request was signed', async () => {
  const server = await startedAws();
  const client = new SecretsManagerClient(server.clientSettings);
  client.middlewareStack.add(
    (next) => (given) => {
      if (HttpRequest.isInstance(given.request)) given.request.headers['x-amz-acl'] = 'public-read';
      return next(given);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );

  const listing = client.send(new ListSecretsCommand({}));

  await expect(listing).rejects.toMatchObject({
    name: 'InvalidSignatureException',
    message: expect.stringContaining('x-amz-acl'),
  });
});

test('does not answer who has not signed at all', async () => {
  const server = await startedAws();

  const answer = await fetch(server.url, { method: 'POST', body: '{}' });

  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
});
