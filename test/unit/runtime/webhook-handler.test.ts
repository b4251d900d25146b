import { describe, expect, test } from 'vitest';
import { githubSender } from '../../../lib/adapters/github/webhooks/webhook-sender.ts';
import { linearSender } from '../../../lib/adapters/linear/webhook-sender.ts';
import { ConfigError } from '../../../lib/domain/errors.ts';
import type { WebhookSender } from '../../../lib/ports/webhook-sender.ts';
import type { GatewayEvent } from '../../../lib/runtime/gateway-event.ts';
import {
  createWebhookHandler,
  type WebhookServices,
} from '../../../lib/runtime/webhook-handler.ts';
import type { WebhookRefusal } from '../../../lib/runtime/webhook-refusals.ts';
import { linearIssuePayload } from '../../builders/linear-payloads.ts';
import { githubDelivery, linearDelivery, testSecret } from '../../support/signed-delivery.ts';
import { gatewayEvent, webhookFixture } from '../../support/webhook-fixture.ts';

const fixture = webhookFixture();
const { counted, logged, published, services, world } = fixture;
const now = () => world.now;
const handlerOf = (sender: WebhookSender, given: () => WebhookServices = () => services) =>
  createWebhookHandler(sender, given, now);
const github = handlerOf(githubSender);
const linear = handlerOf(linearSender);

const payload = { action: 'opened', issue: { number: 7 } };
const without = (headers: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([found]) => found !== name));

describe('an accepted delivery', () => {
  test('of GitHub is published and answered by 202', async () => {
    const answer = await github(gatewayEvent(githubDelivery(payload, { id: 'd-1' })));

    expect(answer).toEqual({
      statusCode: 202,
      headers: { 'content-type': 'application/json' },
      body: '{"kind":"accepted","deliveryId":"d-1"}',
    });
    expect(published).toMatchObject([
      { source: 'github', type: 'issues.opened', deliveryId: 'd-1', subject: { issue: '7' } },
    ]);
    expect(published[0]?.receivedAt).toBe('2026-11-22T10:00:00.000Z');
    expect(counted).toEqual([['WebhookVerified', { source: 'github', secret: 'current' }]]);
    expect(logged).toEqual([]);
  });

  test('of Linear is published and answered by 200', async () => {
    const delivery = linearDelivery(linearIssuePayload(), { id: 'd-2', now: world.now });
    const answer = await linear(gatewayEvent(delivery));

    expect(answer.statusCode).toBe(200);
    expect(published).toMatchObject([{ source: 'linear', type: 'Issue.create' }]);
  });

  test('may come in base64', async () => {
    const delivery = githubDelivery({ ...payload, text: 'Grüße 🙂' });
    const answer = await github(gatewayEvent(delivery, { base64: true }));
    expect(answer.statusCode).toBe(202);
  });

  test('may come as bytes', async () => {
    const delivery = githubDelivery({ ...payload, text: 'Grüße 🙂' });
    const event = { ...gatewayEvent(delivery), body: delivery.body };
    expect((await github(event)).statusCode).toBe(202);
  });

  test('may be a ping, or something nobody has heard of', async () => {
    for (const event of ['ping', 'brand_new']) {
      const answer = await github(gatewayEvent(githubDelivery({ zen: 'x' }, { event })));
      expect(answer.statusCode).toBe(202);
    }
  });

  test('may be signed with the previous secret', async () => {
    world.secrets = ['newer', testSecret];
    expect((await github(gatewayEvent(githubDelivery(payload)))).statusCode).toBe(202);
    expect(counted).toEqual([['WebhookVerified', { source: 'github', secret: 'previous' }]]);
  });

  test('may be signed with a secret that is only just known', async () => {
    world.secrets = ['older'];
    world.newSecrets = [testSecret, 'older'];
    expect((await github(gatewayEvent(githubDelivery(payload)))).statusCode).toBe(202);
    expect(counted).toEqual([['WebhookVerified', { source: 'github', secret: 'current' }]]);
  });
});

const brokenSecrets = {
  get: () => Promise.reject(new Error('throttled')),
  refresh: () => Promise.resolve(false),
};

const signed = githubDelivery(payload, { id: 'd-3' });
const notJson = githubDelivery('{"a":');
const noObject = githubDelivery('[1]');
const withHeader = (name: string, value: string) => ({
  ...signed,
  headers: { ...signed.headers, [name]: value },
});

interface Expected {
  event: GatewayEvent;
  status: number;
  reason: WebhookRefusal;
}

describe('a refused delivery', () => {
  test.each<[string, Expected]>([
    [
      'another method',
      { event: gatewayEvent(signed, { method: 'GET' }), status: 405, reason: 'method' },
    ],
    [
      'a form',
      {
        event: gatewayEvent(withHeader('content-type', 'text/plain')),
        status: 415,
        reason: 'content-type',
      },
    ],
    [
      'no type',
      { event: gatewayEvent({ ...signed, headers: {} }), status: 415, reason: 'content-type' },
    ],
    [
      'a large one',
      {
        event: gatewayEvent(withHeader('content-length', '26214401')),
        status: 413,
        reason: 'too-large',
      },
    ],
    [
      'no signature',
      {
        event: gatewayEvent({ ...signed, headers: without(signed.headers, 'x-hub-signature-256') }),
        status: 401,
        reason: 'signature',
      },
    ],
    [
      'an altered body',
      {
        event: gatewayEvent({ ...signed, body: Buffer.from('{}') }),
        status: 401,
        reason: 'signature',
      },
    ],
    [
      'an empty body',
      {
        event: gatewayEvent({ ...signed, body: Buffer.from('') }),
        status: 401,
        reason: 'signature',
      },
    ],
    [
      'an odd id',
      {
        event: gatewayEvent(withHeader('x-github-delivery', 'a b')),
        status: 400,
        reason: 'headers',
      },
    ],
    [
      'an odd event',
      {
        event: gatewayEvent(withHeader('x-github-event', 'push?')),
        status: 400,
        reason: 'headers',
      },
    ],
    ['no JSON', { event: gatewayEvent(notJson), status: 400, reason: 'json' }],
    ['no object', { event: gatewayEvent(noObject), status: 400, reason: 'json' }],
  ])('%s', async (_what, { event, reason, status }) => {
    const answer = await handlerOf(githubSender)(event);

    expect(answer.statusCode).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ kind: 'refused', reason: expect.any(String) });
    expect(answer.headers['allow']).toBe(status === 405 ? 'POST' : undefined);
    expect(counted).toContainEqual(['WebhookRefused', { source: 'github', reason }]);
    expect(logged).toMatchObject([{ message: 'Webhook refused', fields: { reason } }]);
    expect(published).toEqual([]);
  });

  test('of more bytes than the sender sends, whatever its length header says', async () => {
    const large = githubDelivery(`{"text":"${'x'.repeat(25 * 1024 * 1024)}"}`);
    expect((await github(gatewayEvent(large))).statusCode).toBe(413);
  });

  test('of Linear, sent too long ago or too far in the future', async () => {
    for (const offset of [-60_001, 60_001]) {
      const delivery = linearDelivery(linearIssuePayload(), { now: world.now + offset });
      expect((await linear(gatewayEvent(delivery))).statusCode).toBe(401);
    }
    expect(counted).toContainEqual(['WebhookRefused', { source: 'linear', reason: 'stale' }]);
  });

  test('of Linear, without a time of its own', async () => {
    for (const webhookTimestamp of [null, '2026', '']) {
      const delivery = linearDelivery(linearIssuePayload({ webhookTimestamp }));
      expect((await linear(gatewayEvent(delivery))).statusCode).toBe(401);
    }
  });

  test('of Linear at the very edge of the minute is still accepted', async () => {
    const delivery = linearDelivery(linearIssuePayload(), { now: world.now - 60_000 });
    expect((await linear(gatewayEvent(delivery))).statusCode).toBe(200);
  });

  test('where no secret is configured, also when it is not signed', async () => {
    world.secrets = [];
    const unsigned = { ...signed, headers: { 'content-type': 'application/json' } };
    for (const delivery of [signed, unsigned]) {
      expect((await github(gatewayEvent(delivery))).statusCode).toBe(503);
    }
    expect(published).toEqual([]);
  });

  test('where its secret was the previous one until just now', async () => {
    world.secrets = ['newer', testSecret];
    world.newSecrets = ['newer'];
    expect((await github(gatewayEvent(signed))).statusCode).toBe(401);
  });

  test('where it could not be kept, is accepted when it is sent again', async () => {
    world.failure = new Error('disk full');
    const answer = await github(gatewayEvent(signed));
    expect(answer.statusCode).toBe(503);
    expect(answer.body).not.toContain('disk');
    expect(logged).toMatchObject([{ fields: { reason: 'not-kept', error: 'disk full' } }]);

    world.failure = undefined;
    expect((await github(gatewayEvent(signed))).statusCode).toBe(202);
  });

  test('where the secrets cannot be read, may be sent again', async () => {
    const failing = handlerOf(githubSender, () => ({
      ...services,
      secrets: { ...services.secrets, get: () => Promise.reject(new Error('throttled')) },
    }));
    expect((await failing(gatewayEvent(signed))).statusCode).toBe(503);
    expect(logged).toMatchObject([{ fields: { reason: 'secrets-unread', error: 'throttled' } }]);
  });
});

test.each<[string, () => WebhookServices]>([
  [
    'outside a host',
    () => {
      throw new ConfigError(['no host']);
    },
  ],
  ['whose secrets fail', () => ({ ...services, secrets: brokenSecrets })],
])('a function %s answers that it may be sent again', async (_what, given) => {
  const unsigned = { ...signed, headers: without(signed.headers, 'x-hub-signature-256') };
  for (const delivery of [signed, unsigned]) {
    const { body, statusCode } = await handlerOf(githubSender, given)(gatewayEvent(delivery));
    expect(statusCode).toBe(503);
    expect(body).not.toContain('host');
  }
  expect(logged).toHaveLength(2);
});

test('a sender that cannot judge its payload makes a 503', async () => {
  const broken = {
    ...githubSender,
    isFresh: () => {
      throw new Error('no idea');
    },
  };
  expect((await handlerOf(broken)(gatewayEvent(signed))).statusCode).toBe(503);
  expect(logged).toMatchObject([{ fields: { reason: 'not-taken', error: 'no idea' } }]);
});

describe('what is told of refusals', () => {
  test('is a line a second, with how many were left out', async () => {
    const quiet = handlerOf(githubSender);
    const forged = gatewayEvent({ ...signed, body: Buffer.from('{}') });
    for (let at = 0; at < 4; at += 1) await quiet(forged);
    world.now += 1_000;
    await quiet(forged);

    const fields = { source: 'github', reason: 'signature', deliveryId: 'd-3' };
    expect(logged.map((line) => line.fields)).toEqual([fields, { ...fields, leftOut: 3 }]);
  });

  test('is no secret, no signature and no header that could be anything', async () => {
    const delivery = withHeader('x-github-delivery', '\u001b[31m');
    const answers = [
      await github(gatewayEvent({ ...delivery, body: Buffer.from('{}') })),
      await github(gatewayEvent({ ...signed, body: Buffer.from('{}') })),
    ];
    const told = JSON.stringify([answers, logged, counted]);
    expect(told).not.toContain(testSecret);
    expect(told).not.toContain(signed.headers['x-hub-signature-256']?.slice(7) ?? '');
    expect(told).not.toContain('[31m');
  });
});
