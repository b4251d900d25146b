import { createPrivateKey } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import {
  createGithubAccess,
  type GithubAccess,
} from '../../../lib/adapters/github/access/access.ts';
import { requestJson } from '../../../lib/adapters/github/requests/request.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { startGithubServer, type GithubServer } from '../../support/github/github-server.ts';
import type { GithubSeed } from '../../support/github/seed.ts';
import { createTestApp } from '../../support/github/test-app.ts';

const token = 'not-to-be-seen-anywhere';
const app = createTestApp();
const appSecrets = { GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY: app.privateKey };

const usual: GithubSeed = {
  repositories: [{ name: 'acme/shop' }, { name: 'acme/mail' }, { name: 'other/thing' }],
  tokens: [{ token }],
  app: app.seed,
};

type Secrets = Partial<Record<SecretName, string>>;

function accessTo(
  { url }: GithubServer,
  secrets: Secrets,
  options: { now?: () => number; requestMs?: number } = {},
): GithubAccess {
  return createGithubAccess({
    secrets: buildSecrets(secrets),
    apiUrl: url,
    retryMs: 1,
    ...options,
  });
}

/** The repository's name, asked for by whoever we are. */
async function nameOf(access: GithubAccess, repository: string): Promise<string> {
  const [owner, repo] = repository.split('/');
  const client = await access.clientFor(repository);
  const { full_name } = await requestJson(client, {
    route: 'GET /repos/{owner}/{repo}',
    parameters: { owner, repo },
    subject: repository,
    right: 'Metadata: read',
    schema: z.object({ full_name: z.string() }),
  });
  return full_name;
}

function operationsOf({ requests }: GithubServer): (string | null)[] {
  return requests.map(({ operation }) => operation);
}

const lookUp = 'apps/get-repo-installation';
const newToken = 'apps/create-installation-access-token';

describe('who asks', () => {
  test('is nobody without credentials, which public repositories need not know', async () => {
    const server = await startGithubServer(usual);
    const access = accessTo(server, {});
    expect(await access.kind()).toBe('none');
    expect(await access.appClient()).toBeUndefined();
    expect(await nameOf(access, 'acme/shop')).toBe('acme/shop');
    expect(server.requests).toMatchObject([{ authorization: 'none' }]);
  });

  test('is the owner of a token', async () => {
    const server = await startGithubServer(usual);
    const access = accessTo(server, { GITHUB_TOKEN: token });
    expect(await access.kind()).toBe('token');
    await nameOf(access, 'acme/shop');
    expect(server.requests).toMatchObject([{ authorization: 'token' }]);
  });

  test('is the App where one is set up, even beside a token', async () => {
    const server = await startGithubServer(usual);
    const access = accessTo(server, { ...appSecrets, GITHUB_TOKEN: token });
    expect(await access.kind()).toBe('app');
    await nameOf(access, 'acme/shop');
    expect(server.requests).toMatchObject([
      { operation: lookUp, authorization: 'app' },
      { operation: newToken, authorization: 'app' },
      { operation: 'repos/get', authorization: 'installation' },
    ]);
    expect(server.violations).toEqual([]);
  });

  test('is told by a token that was changed, from the next request on', async () => {
    const server = await startGithubServer(usual);
    const secrets: Secrets = { GITHUB_TOKEN: 'of-yesterday' };
    const access = accessTo(server, secrets);
    const failure = await nameOf(access, 'acme/shop').catch(String);
    expect(failure).toContain('GITHUB_TOKEN is wrong, expired or revoked');
    expect(failure).not.toContain('of-yesterday');
    secrets.GITHUB_TOKEN = token;
    expect(await nameOf(access, 'acme/shop')).toBe('acme/shop');
  });
});

describe('an App', () => {
  test('asks once where it is installed and once for a token, however many need it at once', async () => {
    const server = await startGithubServer(usual);
    const access = accessTo(server, appSecrets);
    const repositories = ['acme/shop', 'acme/mail', 'acme/shop', 'acme/mail', 'acme/shop'];
    await Promise.all(repositories.map((repository) => nameOf(access, repository)));
    const operations = operationsOf(server);
    expect(operations.filter((operation) => operation === lookUp)).toHaveLength(1);
    expect(operations.filter((operation) => operation === newToken)).toHaveLength(1);
  });

  test('acts for all of an owner', async () => {
    const server = await startGithubServer(usual);
    const access = accessTo(server, appSecrets);
    await access.clientForOwner('acme');
    await nameOf(access, 'acme/shop');
    expect(operationsOf(server)).toEqual(['apps/get-org-installation', newToken, 'repos/get']);
  });

  test('takes a new token shortly before the old one expires', async () => {
    const server = await startGithubServer(usual);
    let minutes = 0;
    const begun = Date.now();
    const access = accessTo(server, appSecrets, { now: () => begun + minutes * 60_000 });
    const tokensAfter = async (later: number) => {
      minutes = later;
      await nameOf(access, 'acme/shop');
      return operationsOf(server).filter((operation) => operation === newToken).length;
    };
    expect(await tokensAfter(0)).toBe(1);
    expect(await tokensAfter(57)).toBe(1);
    expect(await tokensAfter(59)).toBe(2);
  });

  test('takes a new token once when the old one is revoked', async () => {
    const server = await startGithubServer(usual);
    const access = accessTo(server, appSecrets);
    await nameOf(access, 'acme/shop');
    server.expireTokens();
    server.requests.length = 0;
    const names = ['acme/shop', 'acme/mail', 'acme/shop'].map((name) => nameOf(access, name));
    expect(await Promise.all(names)).toEqual(['acme/shop', 'acme/mail', 'acme/shop']);
    expect(operationsOf(server).filter((operation) => operation === newToken)).toHaveLength(1);
  });

  test('gives up when the new token is refused as well', async () => {
    const server = await startGithubServer(usual);
    const refused = { kind: 'answer', status: 401, json: { message: 'Bad credentials' } } as const;
    server.script({ operation: 'repos/get', fault: refused, times: 9 });
    await expect(nameOf(accessTo(server, appSecrets), 'acme/shop')).rejects.toMatchObject({
      name: 'FinalUpstreamError',
      status: 401,
    });
    expect(operationsOf(server)).toEqual([lookUp, newToken, 'repos/get', newToken, 'repos/get']);
  });

  test('that is not installed on a repository says so', async () => {
    const server = await startGithubServer(usual);
    await expect(nameOf(accessTo(server, appSecrets), 'other/thing')).rejects.toMatchObject({
      name: 'FinalUpstreamError',
      message: 'The GitHub App is not installed on other/thing: install it there.',
    });
  });

  test('that was installed anew is found again', async () => {
    const [installation] = app.seed.installations;
    const installations = [{ ...installation, account: 'acme', id: 42, permissions: {} }];
    const server = await startGithubServer({ ...usual, app: { ...app.seed, installations } });
    const access = accessTo(server, appSecrets);
    await nameOf(access, 'acme/shop');
    server.expireTokens();
    installations.splice(0, 1, { account: 'acme', id: 43, permissions: {} });
    await expect(nameOf(access, 'acme/shop')).rejects.toThrow('install it again');
    expect(await nameOf(access, 'acme/shop')).toBe('acme/shop');
  });

  test('takes no token from an answer that is cut off', async () => {
    const server = await startGithubServer(usual);
    server.script({ operation: newToken, fault: { kind: 'cut' } });
    const access = accessTo(server, appSecrets);
    await expect(nameOf(access, 'acme/shop')).rejects.toMatchObject({ retryable: true });
    expect(await nameOf(access, 'acme/shop')).toBe('acme/shop');
  });

  test('is not held up for ever by a server that does not answer', async () => {
    const server = await startGithubServer(usual);
    server.script({ operation: newToken, fault: { kind: 'hang' }, times: 9 });
    const access = accessTo(server, appSecrets, { requestMs: 500 });
    await expect(nameOf(access, 'acme/shop')).rejects.toMatchObject({
      retryable: true,
      message: expect.stringContaining('does not answer in time'),
    });
  });
});

describe("an App's key", () => {
  const pkcs1 = createPrivateKey(app.privateKey).export({ type: 'pkcs1', format: 'pem' });

  test.each([
    ['as GitHub hands it out', pkcs1.toString()],
    ['on one line', pkcs1.toString().replaceAll('\n', String.raw`\n`)],
  ])('is understood %s', async (_, privateKey) => {
    const server = await startGithubServer(usual);
    const access = accessTo(server, { ...appSecrets, GITHUB_APP_PRIVATE_KEY: privateKey });
    expect(await nameOf(access, 'acme/shop')).toBe('acme/shop');
  });

  test('that belongs to another App is told, and not shown', async () => {
    const server = await startGithubServer(usual);
    const { privateKey } = createTestApp();
    const access = accessTo(server, { ...appSecrets, GITHUB_APP_PRIVATE_KEY: privateKey });
    const failure = await nameOf(access, 'acme/shop').catch(String);
    expect(failure).toContain('do not belong together');
    expect(failure).not.toContain('PRIVATE KEY-');
  });
});

describe('a clock that is wrong', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([10, -10])('by %i minutes does not keep an App from its token', async (minutes) => {
    const begun = Date.now();
    const started = performance.now();
    const rightTime = () => begun + performance.now() - started;
    const server = await startGithubServer({ ...usual, now: rightTime });
    vi.useFakeTimers({ toFake: ['Date'], now: begun + minutes * 60_000 });
    const access = accessTo(server, appSecrets);
    expect(await nameOf(access, 'acme/shop')).toBe('acme/shop');
    expect(await nameOf(access, 'acme/shop')).toBe('acme/shop');
    const taken = server.requests.filter(({ operation }) => operation === newToken);
    expect(taken.map(({ status }) => status)).toEqual([401, 201]);
  });
});
