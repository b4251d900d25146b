import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../lib/domain/errors.ts';
import {
  envFile,
  githubApi,
  githubServer,
  linearApi,
  outsideVariables,
} from '../../../lib/runtime/local-environment.ts';

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

describe('Repositories are cloned from', () => {
  test.each([
    ['https://api.github.com', 'https://github.com'],
    [' ', 'https://github.com'],
    ['https://git.acme.test/api/v3/', 'https://git.acme.test'],
    ['https://git.acme.test:8443/api/v3', 'https://git.acme.test:8443'],
    ['https://api.acme.ghe.com', 'https://acme.ghe.com'],
  ])('the server whose API is %s: %s', (GITHUB_API_URL, server) => {
    expect(githubServer({ GITHUB_API_URL })).toBe(server);
  });

  test.each(['https://proxy.acme.test', 'https://proxy.acme.test/github', 'http://127.0.0.1:8080'])(
    'none that is guessed, which would get the token of %s',
    (GITHUB_API_URL) => {
      expect(() => githubServer({ GITHUB_API_URL })).toThrow(
        /GITHUB_SERVER_URL: is not set; set it to where repositories are cloned from/,
      );
      const stated = { GITHUB_API_URL, GITHUB_SERVER_URL: 'https://git.acme.test/' };
      expect(githubServer(stated)).toBe('https://git.acme.test');
    },
  );

  test('an encrypted address, which is told to a deployment as well', () => {
    const stated = { GITHUB_SERVER_URL: 'https://git.acme.test', HOME: '/root' };
    expect(outsideVariables(stated)).toEqual({ GITHUB_SERVER_URL: 'https://git.acme.test' });
    const unsafe = { GITHUB_SERVER_URL: 'http://git.acme.test' };
    expect(() => githubServer(unsafe)).toThrow('GITHUB_SERVER_URL: must be an https:// address');
    expect(() => outsideVariables(unsafe)).toThrow(ConfigError);
  });
});
