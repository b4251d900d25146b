import { expect, test } from 'vitest';
import { ConfigError } from '../../../lib/domain/errors.ts';
import { envFile, githubApi, linearApi } from '../../../lib/runtime/local-environment.ts';

test('GitHub is the public one unless the environment says otherwise', () => {
  expect(githubApi({}).apiUrl).toBe('https://api.github.com');
  const own = { GITHUB_API_URL: 'https://git.acme.test/api/v3/' };
  expect(githubApi(own).apiUrl).toBe('https://git.acme.test/api/v3');
});

test('a token is not sent in clear text over the network', () => {
  expect(() => githubApi({ GITHUB_API_URL: 'http://git.acme.test' })).toThrow(
    new ConfigError(['GITHUB_API_URL: must be an https:// address (http:// only for localhost)']),
  );
});

test('a request may take 20 s unless the environment says otherwise', () => {
  expect(githubApi({}).requestMs).toBe(20_000);
  expect(linearApi({ CICD_REQUEST_SECONDS: ' 60 ' }).requestMs).toBe(60_000);
});

test.each(['0', '301', 'soon', '1e9'])('a request may not take "%s"', (seconds) => {
  expect(() => linearApi({ CICD_REQUEST_SECONDS: seconds })).toThrow(
    new ConfigError(['CICD_REQUEST_SECONDS: must be from 1 to 300']),
  );
});

test('the file with the secrets is known inside a host only', () => {
  expect(envFile({ CICD_ENV_FILE: '/shop/.env' })).toBe('/shop/.env');
  expect(() => envFile({})).toThrow(
    new ConfigError(['CICD_ENV_FILE: is not set; the local host sets it']),
  );
});
