import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { HttpRequest } from '@smithy/core/protocols';
import { expect, test } from 'vitest';
import type { FaultAct } from '../../../support/aws/faults.ts';
import { startedAws } from '../../../support/aws/started-aws.ts';

async function started(maxAttempts = 1) {
  const server = await startedAws();
  const client = new SecretsManagerClient({
    ...server.clientSettings,
    maxAttempts,
    requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true },
  });
  return { client, server };
}

test.each<[FaultAct, object]>([
  ['throttle', { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
  ['error500', { $metadata: { httpStatusCode: 500 } }],
  ['hang', { name: 'TimeoutError' }],
  ['reset', { code: 'ECONNRESET' }],
  ['cut', { message: expect.stringContaining('aborted') }],
])('plays %s once', async (act, failure) => {
  const { client, server } = await started();
  server.script({ service: 'secretsmanager', act });

  await expect(client.send(new ListSecretsCommand({}))).rejects.toMatchObject(failure);
  await expect(client.send(new ListSecretsCommand({}))).resolves.toMatchObject({ SecretList: [] });
});

test('lets a client get through that tries again', async () => {
  const { client, server } = await started(3);
  server.script({ service: 'secretsmanager', act: 'error500', times: 2 });

  await expect(client.send(new ListSecretsCommand({}))).resolves.toMatchObject({ SecretList: [] });

  expect(server.calls).toHaveLength(3);
});

test('hits only the operation and the input that it was scripted for', async () => {
  const { client, server } = await started();
  server.script({
    service: 'secretsmanager',
    operation: 'GetSecretValue',
    when: ({ SecretId }) => SecretId === 'b',
    act: 'throttle',
  });
  for (const Name of ['a', 'b']) {
    await client.send(new CreateSecretCommand({ Name, SecretString: Name }));
  }

  const read = async (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId }));

  await expect(read('a')).resolves.toMatchObject({ SecretString: 'a' });
  await expect(read('b')).rejects.toMatchObject({ name: 'ThrottlingException' });
});

test('has carried out what it answers with half an answer', async () => {
  const { client, server } = await started();
  server.script({ service: 'secretsmanager', operation: 'CreateSecret', act: 'cut' });

  await client.send(new CreateSecretCommand({ Name: 'a', SecretString: 'x' })).catch(() => {});

  const read = await client.send(new GetSecretValueCommand({ SecretId: 'a' }));
  expect(read.SecretString).toBe('x');
});

test('lets every second event of a request fail', async () => {
  const { server } = await started();
  server.script({ service: 'events', act: 'partial' });
  const entry = { Source: 'cicd', DetailType: 'delivery', Detail: '{}' };

  const answer = await new EventBridgeClient(server.clientSettings).send(
    new PutEventsCommand({ Entries: [entry, entry, entry] }),
  );

  expect(answer.FailedEntryCount).toBe(2);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    'ThrottlingException',
    undefined,
    'ThrottlingException',
  ]);
  expect(server.events.events()).toHaveLength(1);
});

test('keeps what the schemas of the SDK do not allow', async () => {
  const { client, server } = await started();
  client.middlewareStack.add(
    (next) => (given) => {
      const body = '{"MaxResults":"1","Sauce":true}';
      if (HttpRequest.isInstance(given.request)) given.request.body = body;
      return next(given);
    },
    { step: 'serialize', priority: 'low' },
  );

  const listing = client.send(new ListSecretsCommand({}));

  await expect(listing).rejects.toMatchObject({ name: 'SerializationException' });
  expect(server.violations).toEqual([
    'secretsmanager.ListSecrets MaxResults.: expected number',
    'secretsmanager.ListSecrets Sauce: unknown member',
  ]);
});
