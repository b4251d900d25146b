import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { createSignedCalls } from '../../lib/adapters/aws/calls/signed/signed-calls.ts';
import { startedAws } from '../support/aws/started-aws.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';

/** Calls to AWS through a proxy that counts connections, and does to them what a test wants. */
async function prepare() {
  const aws = await startedAws();
  const admin = new SecretsManagerClient(aws.clientSettings);
  await admin.send(new CreateSecretCommand({ Name: 'n', SecretString: 'the-value' }));
  const proxy = await startFaultProxy(Number(new URL(aws.url).port));
  const environment = { ...aws.environment, AWS_ENDPOINT_URL: proxy.urlOf(aws.url) };
  const calls = createSignedCalls({ environment });
  return { calls, proxy, read: () => calls.getSecretValue('n', 'AWSCURRENT') };
}

test('the first call finds the connection that was prepared, later ones the same', async () => {
  const { calls, proxy, read } = await prepare();
  calls.prepare('secretsmanager');
  await expect.poll(() => proxy.connections()).toBe(1);
  for (let call = 0; call < 5; call += 1) expect(await read()).toBe('the-value');
  expect(proxy.connections()).toBe(1);
});

test('calls at the same time have a connection each', async () => {
  const { calls, proxy, read } = await prepare();
  calls.prepare('secretsmanager');
  expect(await Promise.all([read(), read()])).toEqual(['the-value', 'the-value']);
  expect(proxy.connections()).toBe(2);
});

test('a connection that could not be prepared is made by the call', async () => {
  const { calls, proxy, read } = await prepare();
  proxy.next([{ kind: 'refuse' }]);
  calls.prepare('secretsmanager');
  await expect.poll(() => proxy.connections()).toBe(1);
  expect(await read()).toBe('the-value');
});

test.each(['prepared', 'used'])('a %s connection may end while nobody looks', async (kind) => {
  const { calls, proxy, read } = await prepare();
  if (kind === 'used') await read();
  else calls.prepare('secretsmanager');
  await expect.poll(() => proxy.connections()).toBe(1);
  proxy.set({ kind: 'none' });
  expect(await read()).toBe('the-value');
  expect(proxy.connections()).toBe(2);
});

test.each(['http://aws.example', 'ftp://127.0.0.1', 'nonsense'])(
  'nothing is sent to %s: it would go in plain text',
  async (endpoint) => {
    const { environment } = await startedAws();
    const calls = createSignedCalls({
      environment: { ...environment, AWS_ENDPOINT_URL: endpoint },
    });
    await expect(calls.getSecretValue('n', 'AWSCURRENT')).rejects.toMatchObject({
      name: 'ConfigError',
      problems: [expect.stringContaining('must be an https:// address')],
    });
  },
);

test.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
  'without %s it is said what is missing',
  async (variable) => {
    const { environment } = await startedAws();
    const calls = createSignedCalls({ environment: { ...environment, [variable]: '' } });
    await expect(calls.getSecretValue('n', 'AWSCURRENT')).rejects.toMatchObject({
      problems: [`${variable}: is not set; Lambda gives it to a function`],
    });
  },
);
