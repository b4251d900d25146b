import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { verify } from '@octokit/webhooks-methods';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ask, jwtOf } from '../../../support/github/ask.ts';
import { startGithubServer, type GithubServer } from '../../../support/github/github-server.ts';
import { listen } from '../../../support/github/listen.ts';
import { createTestApp } from '../../../support/github/test-app.ts';

const token = 'ghp_test';
const secret = 'of-no-worth';
const hooks = '/repos/acme/shop/hooks';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Takes what is sent to it, and answers the statuses in turn; 202 after them. */
async function startReceiver(statuses: number[] = []) {
  const received: Received[] = [];
  const { url } = await listen(
    async (request, response) => {
      received.push({ headers: request.headers, body: await text(request) });
      response.writeHead(statuses.shift() ?? 202).end('thanks');
    },
    (error) => {
      throw error;
    },
  );
  return { received, url: `${url}/webhooks/github` };
}

async function startShop(now: () => number = Date.now): Promise<GithubServer> {
  const seed = { repositories: [{ name: 'acme/shop' }], tokens: [{ token }], now };
  const server = await startGithubServer(seed);
  onTestFinished(() => {
    expect(server.violations).toEqual([]);
  });
  return server;
}

/** Registers a webhook as our system does. @returns its address in the API */
async function register({ url }: GithubServer, receiver: string): Promise<string> {
  const config = { url: receiver, content_type: 'json', secret };
  const body = { name: 'web', events: ['push'], config };
  const { object } = await ask(url, `POST ${hooks}`, { token, body });
  return `${hooks}/${String(object['id'])}`;
}

const push = (server: GithubServer) => server.push('acme/shop', { files: { 'a.py': 'x = 1\n' } });
const fieldsOf = (list: unknown, name: string): unknown[] =>
  Array.isArray(list) ? list.map((one: Record<string, unknown>) => one[name]) : [];

describe('a registered webhook', () => {
  test('is told of a push, signed, after a ping', async () => {
    const server = await startShop();
    const receiver = await startReceiver();
    await register(server, receiver.url);
    await server.settled();
    const payload = await push(server);
    const [ping, told] = receiver.received;
    expect(ping?.headers['x-github-event']).toBe('ping');
    expect(told?.headers['x-github-event']).toBe('push');
    expect(JSON.parse(told?.body ?? '')).toEqual(payload);
    const signature = String(told?.headers['x-hub-signature-256']);
    expect(await verify(secret, told?.body ?? '', signature)).toBe(true);
    expect(payload['commits']).toMatchObject([{ added: ['a.py'], removed: [], modified: [] }]);
  });

  test('never shows its secret, and is not made twice', async () => {
    const server = await startShop();
    const path = await register(server, 'http://127.0.0.1:1/');
    const shown = await ask(server.url, `GET ${path}`, { token });
    expect(shown.object['config']).toMatchObject({ secret: '********' });
    await register(server, 'http://127.0.0.1:1/');
    expect(server.hooks).toHaveLength(1);
    await server.settled();
  });

  test('loses its secret when a change of its settings leaves it out', async () => {
    const server = await startShop();
    const path = await register(server, 'http://127.0.0.1:1/');
    await ask(server.url, `PATCH ${path}`, { token, body: { active: false } });
    expect(server.hooks).toMatchObject([{ active: false, secret }]);
    const config = { url: 'http://127.0.0.1:2/', content_type: 'json' };
    await ask(server.url, `PATCH ${path}`, { token, body: { config } });
    expect(server.hooks).toMatchObject([{ url: config.url, secret: null }]);
    await server.settled();
  });
});

describe('what could not be delivered', () => {
  test('is remembered, and sent again under the same id', async () => {
    const server = await startShop();
    const receiver = await startReceiver([202, 500]);
    const path = await register(server, receiver.url);
    await server.settled();
    await push(server);
    const listed = await ask(server.url, `GET ${path}/deliveries?status=failure`, { token });
    expect(listed.json).toMatchObject([{ status_code: 500, redelivery: false, event: 'push' }]);
    // Parsed as a number it would be another one.
    const id = String(server.hooks[0]?.attempts.at(-1)?.id);
    const again = await ask(server.url, `POST ${path}/deliveries/${id}/attempts`, { token });
    expect(again.status).toBe(202);
    await server.settled();
    const [, first, second] = receiver.received;
    expect(second).toMatchObject({
      body: first?.body,
      headers: { 'x-github-delivery': first?.headers['x-github-delivery'] },
    });
    const { json } = await ask(server.url, `GET ${path}/deliveries`, { token });
    expect(fieldsOf(json, 'redelivery')).toEqual([true, false, false]);
    expect(fieldsOf(json, 'status')).toEqual(['OK', 'Invalid HTTP Response: 500', 'OK']);
  });

  test('since nobody is there is told as such', async () => {
    const server = await startShop();
    server.addHook({ kind: 'organisation', organisation: 'acme' }, { url: 'http://127.0.0.1:1/' });
    await push(server);
    expect(server.hooks[0]?.attempts).toMatchObject([
      { status: 'failed to connect to host', statusCode: 502 },
    ]);
  });

  test('is listed page by page, for three days', async () => {
    let time = Date.now() - 4 * 24 * 3_600_000;
    const server = await startShop(() => time);
    const place = { kind: 'repository', repository: 'acme/shop' } as const;
    const { id } = server.addHook(place, { url: 'http://127.0.0.1:1/' });
    await push(server);
    time = Date.now();
    for (let pushes = 0; pushes < 3; pushes += 1) await push(server);
    const first = await ask(server.url, `GET ${hooks}/${id}/deliveries?per_page=2`, { token });
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await ask('', `GET ${next}`, { token });
    expect(fieldsOf(first.json, 'guid')).toHaveLength(2);
    expect(fieldsOf(second.json, 'guid')).toHaveLength(1);
    expect(second.headers.get('link')).toBeNull();
  });
});

test('an App is told by its own webhook, with the installation that sees the repository', async () => {
  const receiver = await startReceiver();
  const { privateKey, seed: app } = createTestApp({ hook: { url: receiver.url, secret } });
  const repositories = [{ name: 'acme/shop' }, { name: 'other/place' }];
  const server = await startGithubServer({ repositories, app });
  await push(server);
  await server.push('other/place', { files: { 'b.py': '' } });
  expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { repository: { full_name: 'acme/shop' }, installation: { id: 42 } },
  ]);
  const jwt = jwtOf({ id: app.id, privateKey });
  const listed = await ask(server.url, 'GET /app/hook/deliveries', { token: jwt });
  expect(listed.json).toMatchObject([{ event: 'push', installation_id: 42, status: 'OK' }]);
  expect(server.violations).toEqual([]);
});
