import { expect, test } from 'vitest';
import { ConfigError } from '../../../lib/domain/errors.ts';
import { envFile, githubApiUrl } from '../../../lib/runtime/local-environment.ts';

test('GitHub is the public one unless the environment says otherwise', () => {
  expect(githubApiUrl({})).toBe('https://api.github.com');
  const own = { GITHUB_API_URL: 'https://git.acme.test/api/v3/' };
  expect(githubApiUrl(own)).toBe('https://git.acme.test/api/v3');
});

test('a token is not sent in clear text over the network', () => {
  expect(() => githubApiUrl({ GITHUB_API_URL: 'http://git.acme.test' })).toThrow(
    new ConfigError(['GITHUB_API_URL: must be an https:// address (http:// only for localhost)']),
  );
});

test('the file with the secrets is known inside a host only', () => {
  expect(envFile({ CICD_ENV_FILE: '/shop/.env' })).toBe('/shop/.env');
  expect(() => envFile({})).toThrow(
    new ConfigError(['CICD_ENV_FILE: is not set; the local host sets it']),
  );
});
