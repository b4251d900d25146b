import { expect, test } from 'vitest';
import { ConfigError } from '../../../lib/domain/errors.ts';
import { githubAccess } from '../../../lib/runtime/local-environment.ts';

test('GitHub is the public one, without a token, unless the environment says otherwise', () => {
  expect(githubAccess({ GITHUB_TOKEN: '' })).toEqual({ apiUrl: 'https://api.github.com' });
  const own = { GITHUB_API_URL: 'https://git.acme.test/api/v3/', GITHUB_TOKEN: 'abc' };
  expect(githubAccess(own)).toEqual({ apiUrl: 'https://git.acme.test/api/v3', token: 'abc' });
});

test('a token is not sent in clear text over the network', () => {
  const environment = { GITHUB_API_URL: 'http://git.acme.test', GITHUB_TOKEN: 'abc' };
  expect(() => githubAccess(environment)).toThrow(
    new ConfigError(['GITHUB_API_URL: must be an https:// address (http:// only for localhost)']),
  );
});

test.each(['two\nlines', 'two words', 'ghp_…'])('a token that no header can hold: %j', (token) => {
  expect(() => githubAccess({ GITHUB_TOKEN: token })).toThrow(
    new ConfigError(['GITHUB_TOKEN: must be plain characters without spaces']),
  );
});

test('a wrong value elsewhere does not keep GitHub from being used', () => {
  expect(githubAccess({ SLACK_WEBHOOK_URL: 'nonsense', GITHUB_TOKEN: 'abc' }).token).toBe('abc');
});
