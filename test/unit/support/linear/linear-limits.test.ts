import { describe, expect, it } from 'vitest';
import { testCredentials } from '../../../support/linear/access.ts';
import { ask } from '../../../support/linear/ask.ts';
import { startLinearServer, type LinearServer } from '../../../support/linear/linear-server.ts';

const viewer = '{ viewer { name app } }';

async function askForToken(server: LinearServer, changed: Record<string, string> = {}) {
  const answer = await fetch(new URL('/oauth/token', server.url), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: testCredentials.clientId,
      client_secret: testCredentials.clientSecret,
      scope: 'read,write',
      ...changed,
    }),
  });
  return { status: answer.status, body: Object(await answer.json()) };
}

describe('limits of the Linear of tests', () => {
  it('are told with every answer, and what was used runs off within an hour', async () => {
    let now = Date.parse('2026-11-22T10:00:00.000Z');
    const server = await startLinearServer({
      now: () => now,
      limits: { requestsPerHour: 2, complexityPerHour: 1_000 },
    });
    const first = await ask(server, viewer);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-ratelimit-requests-limit': '2',
      'x-ratelimit-requests-remaining': '1',
      'x-ratelimit-requests-reset': String(now + 1_800_000),
      'x-complexity': '2',
      'x-ratelimit-complexity-remaining': '998',
    });
    await ask(server, viewer);
    const refused = await ask(server, viewer);
    expect(refused.status).toBe(400);
    expect(refused.errors).toMatchObject([
      { extensions: { code: 'RATELIMITED', statusCode: 429 } },
    ]);
    expect(refused.headers.get('x-ratelimit-requests-remaining')).toBe('0');
    now += 1_800_000;
    expect((await ask(server, viewer)).status).toBe(200);
    expect((await ask(server, viewer)).status).toBe(400);
    expect(server.violations).toEqual([]);
  });

  it('count lists as many times as they may hold entries', async () => {
    const server = await startLinearServer();
    await ask(server, 'query($n: Int) { issues(first: $n) { nodes { id title } } }', {
      variables: { n: 10 },
    });
    const tooMuch = await ask(
      server,
      '{ issues(first: 250) { nodes { children { nodes { id } } } } }',
    );
    expect(server.requests.map(({ complexity }) => complexity)).toEqual([13, 14_251]);
    expect(tooMuch.status).toBe(400);
    expect(server.violations).toHaveLength(1);
  });
});

describe('access to the Linear of tests', () => {
  it('is given to an app by a token, until that is revoked', async () => {
    const server = await startLinearServer();
    const { body } = await askForToken(server);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 2_592_000 });
    const authorization = `Bearer ${body.access_token}`;
    const answer = await ask(server, viewer, { authorization });
    expect(answer.data).toEqual({ viewer: { name: 'cicd', app: true } });
    const webhooks = await ask(server, '{ webhooks { nodes { id } } }', { authorization });
    expect(webhooks.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    server.revokeTokens();
    expect((await ask(server, viewer, { authorization })).status).toBe(401);
    expect(server.requests.map((request) => request.authorization)).toEqual([
      'token',
      'token',
      'none',
    ]);
  });

  it.each([
    { changed: { grant_type: 'password' }, status: 400 },
    { changed: { client_secret: 'wrong' }, status: 401 },
    { changed: { scope: 'everything' }, status: 400 },
  ])('is refused for $changed', async ({ changed, status }) => {
    const server = await startLinearServer();
    expect((await askForToken(server, changed)).status).toBe(status);
    expect(server.tokenRequests).toHaveLength(1);
  });

  it('is refused for a key that is not known, in the words of Linear', async () => {
    const server = await startLinearServer();
    const { status, errors } = await ask(server, viewer, { authorization: 'lin_api_other' });
    expect(status).toBe(401);
    expect(errors).toMatchObject([{ extensions: { type: 'authentication error' } }]);
    expect(server.violations).toEqual([]);
  });
});
