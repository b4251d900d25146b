import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readCredentials } from '../../../../lib/adapters/github/access/credentials.ts';
import { ConfigError } from '../../../../lib/domain/errors.ts';
import type { SecretName } from '../../../../lib/domain/secret-names.ts';
import { buildSecrets } from '../../../builders/secrets.ts';

const read = (values: Partial<Record<SecretName, string>>) => readCredentials(buildSecrets(values));

test('nothing that is set is nobody', async () => {
  expect(await read({})).toEqual({ kind: 'none' });
});

test.each(['ghp_short', `ghs_7_${'eyJ.'.repeat(200)}`])('a token may be %s', async (token) => {
  expect(await read({ GITHUB_TOKEN: token })).toEqual({ kind: 'token', token });
});

test.each(['two\nlines', 'two words', 'ghp_…'])(
  'a token that no header can hold: %j',
  async (token) => {
    await expect(read({ GITHUB_TOKEN: token })).rejects.toThrow(
      new ConfigError(['GITHUB_TOKEN: must be plain characters without spaces']),
    );
  },
);

test('half an App is a mistake, and no reason to fall back to a token', async () => {
  await expect(read({ GITHUB_APP_ID: '7', GITHUB_TOKEN: 'abc' })).rejects.toThrow(
    'GITHUB_APP_PRIVATE_KEY: is missing, GITHUB_APP_ID is set',
  );
  await expect(read({ GITHUB_APP_PRIVATE_KEY: 'x' })).rejects.toThrow(
    'GITHUB_APP_ID: is missing, GITHUB_APP_PRIVATE_KEY is set',
  );
});

const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

test.each([
  ['text', 'c2VjcmV0'],
  ['a cut-off key', '-----BEGIN RSA PRIVATE KEY-----\\nc2VjcmV0'],
  ['a key of another kind', ecKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
])('a private key that is %s is refused without being shown', async (_, privateKey) => {
  const failure = await read({ GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY: privateKey }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ConfigError);
  expect(String(failure)).toContain('GITHUB_APP_PRIVATE_KEY: is no RSA key in PEM format');
  expect(inspect(failure)).not.toContain('c2VjcmV0');
});

test('an App ID that no JWT can hold is refused', async () => {
  const values = { GITHUB_APP_ID: 'my app', GITHUB_APP_PRIVATE_KEY: 'x' };
  await expect(read(values)).rejects.toThrow('GITHUB_APP_ID: must be the App ID');
});
