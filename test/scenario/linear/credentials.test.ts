import { expect, test } from 'vitest';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { messageOf } from '../../../lib/domain/errors.ts';
import { buildReplacedSecrets } from '../../builders/secrets.ts';
import { testCredentials } from '../../support/linear/access.ts';
import { answerCall, linearUnderTest, nothingMore } from './linear-under-test.ts';

const { apiKey, clientId, clientSecret } = testCredentials;
const key = { LINEAR_API_KEY: apiKey };
const app = { LINEAR_CLIENT_ID: clientId, LINEAR_CLIENT_SECRET: clientSecret };

test.each<[string, Partial<Record<SecretName, string>>, boolean]>([
  ['an API key', key, true],
  ['an app', app, true],
  ['half an app', { LINEAR_CLIENT_ID: clientId }, false],
  ['nothing', {}, false],
])('with %s Linear is configured or not', async (_, secrets, isConfigured) => {
  const { server, tracker } = await linearUnderTest({ secrets });
  expect(await tracker.isConfigured()).toBe(isConfigured);
  expect(server.requests).toEqual([]);
});

test('without credentials the error says which to set', async () => {
  const { tracker } = await linearUnderTest({ secrets: {} });
  const work = tracker.getIssue('ENG-1', nothingMore, answerCall);
  await expect(work).rejects.toMatchObject({
    retryable: false,
    message: expect.stringContaining('LINEAR_API_KEY'),
  });
});

test('the app goes before the key: what it writes can be told from what people do', async () => {
  const { server, tracker } = await linearUnderTest({ secrets: { ...key, ...app } });
  await tracker.getIssue('ENG-1', nothingMore, answerCall);
  expect(server.requests.map(({ authorization }) => authorization)).toEqual(['token']);
});

test('webhooks are for an administrator: the key goes before the app', async () => {
  const { admin, server } = await linearUnderTest({ secrets: { ...key, ...app } });
  await admin.listWebhooks();
  expect(server.requests.map(({ authorization }) => authorization)).toEqual(['key']);
});

test('many calls at once ask for one token', async () => {
  const { tracker } = await linearUnderTest({ secrets: app });
  let left = 6;
  const allowance = { take: () => (left -= 1) >= 0 };
  const read = async () =>
    await tracker.getIssue('ENG-1', nothingMore, { ...answerCall, allowance });
  await Promise.all([read(), read(), read()]);
  await read();
  // Four questions and one token of six.
  expect(left).toBe(1);
});

test('a token that was revoked is asked for anew, once', async () => {
  const { server, tracker } = await linearUnderTest({ secrets: app });
  await tracker.getIssue('ENG-1', nothingMore, answerCall);
  server.revokeTokens();
  expect(await tracker.getIssue('ENG-1', nothingMore, answerCall)).toBeDefined();
  expect(server.requests.map(({ authorization }) => authorization)).toEqual([
    'token',
    'none',
    'token',
  ]);
});

test('a token is used until shortly before its end', async () => {
  let now = Date.parse('2026-11-22T10:00:00.000Z');
  const { tracker } = await linearUnderTest({ secrets: app, seed: { now: () => now } });
  const spent: number[] = [];
  const read = async () => {
    let taken = 0;
    const allowance = { take: () => (taken += 1) > 0 };
    await tracker.getIssue('ENG-1', nothingMore, { ...answerCall, allowance });
    spent.push(taken);
  };
  await read();
  now += 29 * 24 * 3_600_000;
  await read();
  now += 24 * 3_600_000 - 1_000;
  await read();
  // With a token, without, with another one.
  expect(spent).toEqual([2, 1, 2]);
});

test.each<[string, Partial<Record<SecretName, string>>]>([
  ['LINEAR_API_KEY', { LINEAR_API_KEY: 'lin_api_wrong' }],
  ['LINEAR_CLIENT_SECRET', { ...app, LINEAR_CLIENT_SECRET: 'wrong-secret' }],
])('a wrong %s is named and not shown, and not tried for ever', async (name, secrets) => {
  const { server, tracker } = await linearUnderTest({ secrets });
  const failure = await tracker
    .getIssue('ENG-1', nothingMore, answerCall)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ retryable: false, status: 401 });
  expect(messageOf(failure)).toContain(name);
  for (const value of Object.values(secrets)) expect(messageOf(failure)).not.toContain(value);
  expect(server.requests.length).toBeLessThan(2);
});

test('a key that no header can hold is named and not shown', async () => {
  const { tracker } = await linearUnderTest({ secrets: { LINEAR_API_KEY: 'secret\nsecret' } });
  const failure = await tracker
    .getIssue('ENG-1', nothingMore, answerCall)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ retryable: false });
  expect(messageOf(failure)).toContain('LINEAR_API_KEY');
  expect(messageOf(failure)).not.toContain('secret');
});

test('a key that is replaced counts from the next request on', async () => {
  const secrets: Partial<Record<SecretName, string>> = { LINEAR_API_KEY: 'lin_api_wrong' };
  const { tracker } = await linearUnderTest({ secrets });
  await expect(tracker.getIssue('ENG-1', nothingMore, answerCall)).rejects.toThrow(
    /does not accept/,
  );
  secrets.LINEAR_API_KEY = apiKey;
  expect(await tracker.getIssue('ENG-1', nothingMore, answerCall)).toBeDefined();
});

test.each<[string, Partial<Record<SecretName, string>>, Partial<Record<SecretName, string>>]>([
  ['a key', { LINEAR_API_KEY: 'lin_api_old' }, key],
  ['the secret of an app', { ...app, LINEAR_CLIENT_SECRET: 'old-secret' }, app],
])('%s that was replaced is read anew when it is refused', async (_what, before, after) => {
  const { tracker } = await linearUnderTest({ secrets: buildReplacedSecrets(before, after) });
  expect(await tracker.getIssue('ENG-1', nothingMore, answerCall)).toBeDefined();
});
