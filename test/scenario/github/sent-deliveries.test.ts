import { describe, expect, it } from 'vitest';
import { createSentDeliveries } from '../../../lib/adapters/github/deliveries/sent-deliveries.ts';
import type { Hook, SentDelivery } from '../../../lib/ports/sent-deliveries.ts';
import { buildStore } from '../../builders/dispatch-services.ts';
import type { GithubServer } from '../../support/github/github-server.ts';
import { startReceiver } from './receiver.ts';
import { githubWithApp, githubWithToken, shop, type Github } from './github-fixture.ts';

const longAgo = '2000-01-01T00:00:00Z';
const isOurs = (url: string) => url.endsWith('/webhooks/github');

function deliveriesOf({ access }: Github, repositories: string[] = [shop.name]) {
  return createSentDeliveries(access, {
    store: buildStore(),
    repositories,
    isOurs,
    oursBy: 'path',
  });
}

const push = (server: GithubServer) =>
  server.push(shop.name, { files: { 'a.py': `${Math.random()}` } });

/** One webhook of ours in `acme/shop`, and what it has sent. */
async function withHook(status: number) {
  const github = await githubWithToken();
  const receiver = await startReceiver(status);
  const place = { kind: 'repository', repository: shop.name } as const;
  const { attempts, id } = github.server.addHook(place, { url: receiver.url });
  const hook: Hook = { ...place, id: String(id) };
  return { ...github, attempts, hook, receiver, sent: deliveriesOf(github) };
}

/** The webhook has sent one a minute that was taken. @returns `newest` in milliseconds since the epoch */
async function withManyDeliveries(count: number) {
  const world = await withHook(202);
  await push(world.server);
  const [example] = world.attempts.splice(0);
  if (example === undefined) throw new Error('Nothing was sent');
  const newest = Date.parse(example.deliveredAt);
  for (let age = count - 1; age >= 0; age -= 1) {
    const deliveredAt = new Date(newest - age * 60_000).toISOString();
    world.attempts.push({ ...example, id: example.id + BigInt(count - age), deliveredAt });
  }
  return { ...world, newest };
}

async function listAll(
  sent: ReturnType<typeof deliveriesOf>,
  hook: Hook,
  since = longAgo,
): Promise<SentDelivery[]> {
  const list = await sent.list(hook, { since, etag: null });
  if (list === 'unchanged') throw new Error('It was not known before');
  expect(list.isComplete).toBe(true);
  return list.deliveries;
}

describe('the deliveries of a webhook', () => {
  it('are told newest first, with ids of 19 digits', async () => {
    const { attempts, hook, sent, server } = await withHook(503);
    await push(server);
    await push(server);
    const deliveries = await listAll(sent, hook);
    expect(deliveries).toHaveLength(2);
    expect(deliveries.map(({ id }) => id)).toEqual(attempts.map(({ id }) => `${id}`).toReversed());
    expect(deliveries[0]).toEqual({
      id: expect.stringMatching(/^\d{19}$/),
      guid: attempts[1]?.guid,
      deliveredAt: expect.stringMatching(/^\d{4}-.*Z$/),
      ok: false,
      statusCode: 503,
      event: 'push',
      action: null,
      redelivery: false,
    });
  });

  it('cost nothing while there are no new ones', async () => {
    const { hook, sent, server } = await withHook(202);
    await push(server);
    const first = await sent.list(hook, { since: longAgo, etag: null });
    if (first === 'unchanged') throw new Error('It was not known before');
    expect(await sent.list(hook, { since: longAgo, etag: first.etag })).toBe('unchanged');
    expect(server.requests.at(-1)?.status).toBe(304);
  });

  it('are read page by page, back to the wanted time and no further', async () => {
    const { hook, newest, sent, server } = await withManyDeliveries(350);
    expect(await listAll(sent, hook)).toHaveLength(350);

    const before = server.requests.length;
    const since = new Date(newest - 149 * 60_000).toISOString();
    expect(await listAll(sent, hook, since)).toHaveLength(150);
    expect(server.requests.length - before).toBe(2);
  });

  it('are read further back than a thousand as far as GitHub says that they failed', async () => {
    const { attempts, hook, sent, server } = await withManyDeliveries(3_000);
    const failure = { status: 'Service Unavailable', statusCode: 503 };
    for (const index of [10, 20, 2_990]) Object.assign(attempts[index] ?? {}, failure);
    server.requests.length = 0;

    const deliveries = await listAll(sent, hook);

    expect(deliveries).toHaveLength(1_002);
    expect(deliveries.filter(({ ok }) => !ok)).toHaveLength(3);
    expect(server.requests).toHaveLength(11);
  });

  it('are told not to be complete where listing them takes more than a minute', async () => {
    const { access, hook, server } = await withManyDeliveries(350);
    let now = 0;
    const sent = createSentDeliveries(access, {
      store: buildStore(),
      repositories: [shop.name],
      isOurs,
      oursBy: 'path',
      now: () => (now += 35_000),
    });
    server.requests.length = 0;
    const list = await sent.list(hook, { since: longAgo, etag: null });
    expect(list).toMatchObject({ isComplete: false, deliveries: { length: 200 } });
    expect(server.requests).toHaveLength(2);
  });

  it('are sent once more under the same guid', async () => {
    const { hook, receiver, sent, server } = await withHook(500);
    await push(server);
    const [failed] = await listAll(sent, hook);
    receiver.answerWith(202);
    await sent.redeliver(hook, failed?.id ?? '');
    await server.settled();
    expect(receiver.guids).toEqual([failed?.guid, failed?.guid]);
    expect(await listAll(sent, hook)).toMatchObject([
      { ok: true, statusCode: 202, redelivery: true, guid: failed?.guid },
      { ok: false, statusCode: 500, redelivery: false },
    ]);
  });

  it('are sent once more once, though the answer to that got lost', async () => {
    const { hook, receiver, sent, server } = await withHook(500);
    await push(server);
    const [failed] = await listAll(sent, hook);
    const operation = 'repos/redeliver-webhook-delivery';
    server.script({ operation, fault: { kind: 'reset' }, done: true });
    await expect(sent.redeliver(hook, failed?.id ?? '')).rejects.toMatchObject({ retryable: true });
    await server.settled();
    expect(receiver.guids).toHaveLength(2);
  });

  it('show what was sent', async () => {
    const { hook, sent, server } = await withHook(500);
    const payload = await push(server);
    const [failed] = await listAll(sent, hook);
    expect(await sent.getPayload(hook, failed?.id ?? '')).toEqual({ event: 'push', payload });
  });

  it('show ids that no number holds as text, which can be stored', async () => {
    const { attempts, hook, sent, server } = await withHook(500);
    await push(server);
    const [attempt] = attempts;
    if (attempt === undefined) throw new Error('Nothing was sent');
    attempt.request.payload = { comment: { id: 3_804_004_623_172_239_367n } };
    const { payload } = await sent.getPayload(hook, String(attempt.id));
    expect(payload).toEqual({ comment: { id: '3804004623172239367' } });
  });

  it('are told by an App of its own webhook, too', async () => {
    const receiver = await startReceiver(503);
    const github = await githubWithApp({}, { hook: { url: receiver.url, secret: 'of-ours' } });
    const sent = deliveriesOf(github);
    const { hooks } = await sent.listHooks();
    expect(hooks).toEqual([{ kind: 'app' }]);
    await push(github.server);
    const [failed] = await listAll(sent, { kind: 'app' });
    expect(failed).toMatchObject({ ok: false, statusCode: 503, event: 'push' });
    await sent.redeliver({ kind: 'app' }, failed?.id ?? '');
    await github.server.settled();
    expect(receiver.guids).toEqual([failed?.guid, failed?.guid]);
    expect(await sent.getPayload({ kind: 'app' }, failed?.id ?? '')).toMatchObject({
      event: 'push',
      payload: { installation: { id: 42 } },
    });
  });
});
