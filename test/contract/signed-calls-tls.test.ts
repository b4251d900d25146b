import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { createSignedCalls } from '../../lib/adapters/aws/calls/signed/signed-calls.ts';
import { startedAws } from '../support/aws/started-aws.ts';
import { startTlsFront, trustTlsFront } from '../support/tls-front.ts';

/** Calls to AWS by TLS, as on Lambda. */
async function prepare(host = 'localhost') {
  const aws = await startedAws();
  const admin = new SecretsManagerClient(aws.clientSettings);
  await admin.send(new CreateSecretCommand({ Name: 'n', SecretString: 'the-value' }));
  const front = await startTlsFront(Number(new URL(aws.url).port));
  const calls = createSignedCalls({
    environment: { ...aws.environment, AWS_ENDPOINT_URL: `https://${host}:${front.port}` },
  });
  const isAsked = () => aws.calls.some(({ operation }) => operation === 'GetSecretValue');
  return { calls, front, isAsked, read: () => calls.getSecretValue('n', 'AWSCURRENT') };
}

test('the first call finds the connection that was prepared, later ones the same', async () => {
  trustTlsFront();
  const { calls, front, read } = await prepare();
  calls.prepare('secretsmanager');
  for (let call = 0; call < 5; call += 1) expect(await read()).toBe('the-value');
  expect(front.connections()).toBe(1);
});

test('a connection that was not prepared is kept as well', async () => {
  trustTlsFront();
  const { front, read } = await prepare();
  for (let call = 0; call < 3; call += 1) expect(await read()).toBe('the-value');
  expect(front.connections()).toBe(1);
});

test.each([true, false])(
  'nothing is told to who has no certificate that is trusted, prepared: %s',
  async (isPrepared) => {
    const { calls, front, isAsked, read } = await prepare();
    if (isPrepared) calls.prepare('secretsmanager');
    await expect(read()).rejects.toMatchObject({ name: 'UpstreamError', retryable: true });
    expect(front.connections()).toBeGreaterThan(0);
    expect(isAsked()).toBe(false);
  },
);

test('nothing is told to who has the certificate of somebody else', async () => {
  trustTlsFront();
  const { front, isAsked, read } = await prepare('127.0.0.1');
  await expect(read()).rejects.toMatchObject({ name: 'UpstreamError', retryable: true });
  expect(front.connections()).toBeGreaterThan(0);
  expect(isAsked()).toBe(false);
});
