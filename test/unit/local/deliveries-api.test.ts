import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createHttpDeliveries } from '../../../infra/cli/desks/http-deliveries.ts';
import { createDeliveryDesk } from '../../../infra/desk/delivery-desk.ts';
import { deliveriesApi } from '../../../infra/local/http/deliveries-api.ts';
import { answerErrors } from '../../../infra/local/http/errors.ts';
import { dispatchEvent } from '../../../lib/flows/dispatch/run.ts';
import { buildDispatchServices } from '../../builders/dispatch-services.ts';
import { buildEvent, buildPush } from '../../builders/events.ts';

const push = buildPush(
  { changedPaths: ['orders/a', 'web/b'] },
  { deliveryId: 'push-delivery', receivedAt: '2026-11-22T10:00:02.000Z' },
);
const comment = buildEvent({ deliveryId: 'comment-delivery' });

/** The API over two deliveries that are decided. */
async function createFixture() {
  const { runs, services } = buildDispatchServices();
  await dispatchEvent(comment, services);
  await dispatchEvent(push, services);
  const desk = createDeliveryDesk(services);
  const app = new Hono().onError(answerErrors({})).route('/api/deliveries', deliveriesApi(desk));
  const replay = async (id: string, body: string) =>
    app.request(`/api/deliveries/${id}/replay`, { method: 'POST', body });
  return { app, desk, replay, runs, services };
}

test('lists deliveries newest first, in pages, without their events', async () => {
  const { app } = await createFixture();
  const first = await (await app.request('/api/deliveries?limit=1&cursor=')).json();
  expect(first).toEqual({
    deliveries: [
      {
        id: 'push-delivery',
        source: 'github',
        type: 'push',
        receivedAt: '2026-11-22T10:00:02.000Z',
        decision: 'run',
        reason: 'aaaaaaa was pushed to main of acme/shop',
        runId: 'run-1',
        runIds: ['run-1', 'run-2'],
      },
    ],
    next: expect.any(String),
  });
  const { next } = z.object({ next: z.string() }).parse(first);
  expect(await (await app.request(`/api/deliveries?cursor=${next}`)).json()).toEqual({
    deliveries: [
      {
        id: 'comment-delivery',
        source: 'github',
        type: 'issue_comment.created',
        receivedAt: '2026-11-22T10:00:00.000Z',
        decision: 'ignored',
        reason: 'nothing listens to issue_comment.created',
      },
    ],
    next: null,
  });
});

test('shows one delivery with its event, by the beginning of its id', async () => {
  const { app } = await createFixture();
  const shown = await (await app.request('/api/deliveries/commen')).json();
  expect(shown).toMatchObject({ id: 'comment-delivery', event: comment, attempts: 1 });
});

test.each([
  ['?limit=0', 400],
  ['?limit=many', 400],
  ['?cursor=odd', 400],
  ['/none-such', 404],
])('answers %s with %i', async (rest, status) => {
  const { app } = await createFixture();
  expect((await app.request(`/api/deliveries${rest}`)).status).toBe(status);
});

test.each([
  ['none-such', '{}', 404],
  ['push-delivery', '{', 400],
  ['push-delivery', '{"dryRun":"no"}', 400],
  ['push-delivery', '{"dry":true}', 400],
  ['push-delivery', `{"dryRun":false${' '.repeat(2_000)}}`, 413],
])('refuses to replay %s with %j: %i', async (id, body, status) => {
  const { replay, services } = await createFixture();
  const before = await services.deliveries.get({ id: 'push-delivery', source: 'github' });
  expect((await replay(id, body)).status).toBe(status);
  expect(await services.deliveries.get({ id: 'push-delivery', source: 'github' })).toEqual(before);
});

test.each(['{"dryRun":false}', '{}', ''])(
  'replays for %j, and tells what ran before',
  async (body) => {
    const { replay, runs } = await createFixture();
    const answer = await (await replay('push-d', body)).json();
    expect(answer).toMatchObject({
      decisions: [{ kind: 'run' }, { kind: 'run' }],
      runs: [
        { runId: 'run-1', created: false },
        { runId: 'run-2', created: false },
      ],
    });
    expect(runs.requests).toHaveLength(2);
  },
);

test('a client over HTTP gets what the desk itself gives', async () => {
  const { app, desk } = await createFixture();
  const client = createHttpDeliveries(async ({ answer, body, method = 'GET', path }) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    return answer.parse(await (await app.request(path, init)).json());
  });
  expect(await client.list({ limit: 5 })).toEqual(await desk.list({ limit: 5 }));
  expect(await client.get('push-delivery')).toEqual(await desk.get('push-delivery'));
  expect(await client.preview('push-delivery')).toEqual(await desk.preview('push-delivery'));
  expect(await client.replay('push-delivery')).toEqual(await desk.replay('push-delivery'));
});
