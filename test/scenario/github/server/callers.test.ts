import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ask, jwtOf } from '../../../support/github/ask.ts';
import { startGithubServer } from '../../../support/github/github-server.ts';
import { createTestApp } from '../../../support/github/test-app.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const { privateKey, seed } = createTestApp();
const app = { id: seed.id, privateKey };
const accessTokens = 'POST /app/installations/42/access_tokens';
const check = {
  name: 'lib',
  head_sha: commit,
  output: { title: 'Under way', summary: 'Reading files' },
};

function startAcme(now: () => number = Date.now) {
  return startGithubServer({
    repositories: [
      { name: 'acme/shop', commit },
      { name: 'acme/secret', private: true },
    ],
    tokens: [{ token: 'ghp_admin' }, { token: 'ghp_reader', login: 'bob', role: 'read' }],
    app: seed,
    now,
  });
}

describe('who may ask', () => {
  test('a token that nobody has given is refused', async () => {
    const { requests, url } = await startAcme();
    const { object, status } = await ask(url, 'GET /user', { token: 'ghp_made_up' });
    expect([status, object['message']]).toEqual([401, 'Bad credentials']);
    expect(requests).toMatchObject([{ authorization: 'unknown' }]);
  });

  test('anybody reads what is public, and sees nothing else', async () => {
    const { url } = await startAcme();
    expect(await ask(url, 'GET /repos/acme/shop')).toMatchObject({ status: 200 });
    expect(await ask(url, 'GET /repos/acme/secret')).toMatchObject({ status: 404 });
    expect(await ask(url, 'POST /repos/acme/shop/issues', { body: { title: 'x' } })).toMatchObject({
      status: 401,
    });
  });

  test('a reader sets no status, and does not see that there are hooks', async () => {
    const { url } = await startAcme();
    const reader = { token: 'ghp_reader' };
    const status = await ask(url, `POST /repos/acme/shop/statuses/${commit}`, {
      ...reader,
      body: { state: 'success' },
    });
    expect(status).toMatchObject({ status: 403 });
    expect(await ask(url, 'GET /repos/acme/shop/hooks', reader)).toMatchObject({ status: 404 });
  });

  test('a token writes no check, an App does', async () => {
    const { repository, url, violations } = await startAcme();
    const route = 'POST /repos/acme/shop/check-runs';
    const byToken = await ask(url, route, { token: 'ghp_admin', body: check });
    expect(byToken).toMatchObject({
      status: 403,
      object: { message: 'You must authenticate via a GitHub App.' },
    });
    const { object } = await ask(url, accessTokens, { token: jwtOf(app) });
    const byApp = await ask(url, route, { token: String(object['token']), body: check });
    expect(byApp).toMatchObject({ status: 201, object: { app: { id: seed.id } } });
    expect(repository('acme/shop').checkRuns).toHaveLength(1);
    expect(violations).toEqual([]);
  });
});

const secondsNow = () => Math.floor(Date.now() / 1_000);

describe('an App', () => {
  const { privateKey: foreignKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

  test('is known by a JWT that it has signed', async () => {
    const { url, violations } = await startAcme();
    const { object, status } = await ask(url, 'GET /app', { token: jwtOf(app) });
    expect([status, object['slug']]).toEqual([200, seed.slug]);
    expect(violations).toEqual([]);
  });

  test.each<[string, () => string]>([
    ['is signed with another key', () => jwtOf({ id: seed.id, privateKey: foreignKey })],
    ['is over', () => jwtOf(app, { exp: secondsNow() - 1 })],
    ['lasts longer than ten minutes', () => jwtOf(app, { exp: secondsNow() + 700 })],
    ['was made in the future', () => jwtOf(app, { iat: secondsNow() + 120 })],
    ['is that of another App', () => jwtOf(app, { iss: 99 })],
    ['is a token', () => 'ghp_admin'],
  ])('is not known by what %s', async (_, credential) => {
    const { url } = await startAcme();
    expect(await ask(url, 'GET /app', { token: credential() })).toMatchObject({ status: 401 });
  });

  test('cannot use its JWT for a repository', async () => {
    const { url } = await startAcme();
    const answer = await ask(url, 'GET /repos/acme/shop', { token: jwtOf(app) });
    expect(answer).toMatchObject({ status: 401 });
  });

  test('gets installation tokens that end after an hour', async () => {
    let time = Date.now();
    const { url } = await startAcme(() => time);
    const { object } = await ask(url, accessTokens, { token: jwtOf(app) });
    const token = String(object['token']);
    expect(Date.parse(String(object['expires_at']))).toBeLessThanOrEqual(time + 3_600_000);
    expect(await ask(url, 'GET /repos/acme/secret', { token })).toMatchObject({ status: 200 });
    time += 3_600_000;
    expect(await ask(url, 'GET /repos/acme/secret', { token })).toMatchObject({ status: 401 });
  });

  test('gets no token with more than the installation has', async () => {
    const { url } = await startAcme();
    const token = jwtOf(app);
    const more = { permissions: { contents: 'write' } };
    expect(await ask(url, accessTokens, { token, body: more })).toMatchObject({ status: 422 });
    const elsewhere = 'POST /app/installations/43/access_tokens';
    expect(await ask(url, elsewhere, { token })).toMatchObject({ status: 404 });
  });
});
