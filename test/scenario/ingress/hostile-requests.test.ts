import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { listRuns } from '../../support/host-client.ts';
import { listDeliveries, sendDelivery, startIngressHost } from '../../support/ingress-host.ts';
import { sendBytes } from '../../support/raw-socket.ts';
import { githubDelivery, hmacOf, linearDelivery } from '../../support/signed-delivery.ts';

/** Most requests must get past the HTTP parser, which is not what is tested. */
function mostly<Usual, Odd>(usual: fc.Arbitrary<Usual>, odd: fc.Arbitrary<Odd>) {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

const headerNames = mostly(
  fc.constantFrom(
    'Content-Type',
    'Content-Encoding',
    'Origin',
    'X-Forwarded-For',
    'X-GitHub-Delivery',
    'X-GitHub-Event',
    'X-Hub-Signature-256',
    'Linear-Delivery',
    'Linear-Event',
    'Linear-Signature',
    '__proto__',
    'constructor',
  ),
  fc.constantFrom('Content-Length', 'Transfer-Encoding', 'Expect'),
);

const latinLetters = fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f);

const headerValues = mostly(
  fc.oneof(
    fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      `sha256=${'0'.repeat(64)}`,
      '0'.repeat(64),
      'sha256=',
      'push',
      'gzip',
      'chunked',
      '100-continue',
      '-1',
      '99999999999',
      '',
    ),
    fc.string({ unit: latinLetters.map((code) => String.fromCharCode(code)) }),
  ),
  fc.oneof(fc.string({ unit: 'binary' }), fc.constant('x'.repeat(20_000))),
);

const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 2_000 }),
  fc
    .constantFrom(
      '',
      '{"a":',
      '{}',
      '[]',
      'null',
      '\ufeff{}',
      '{"__proto__":{}}',
      '['.repeat(50_000),
    )
    .map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text, 'utf16le')),
  fc.json().map((text) => gzipSync(text)),
);

const requests = fc.record({
  method: mostly(
    fc.constant('POST'),
    fc.constantFrom('GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'BREW'),
  ),
  source: fc.constantFrom('github', 'linear'),
  /** What a sender sends, without the right secret. */
  usual: fc.boolean(),
  headers: fc.array(fc.tuple(headerNames, headerValues), { maxLength: 4 }),
  body: bodies,
  /** False: whatever length the headers say. */
  measured: mostly(fc.constant(true), fc.constant(false)),
});
type HostileRequest = typeof requests extends fc.Arbitrary<infer Value> ? Value : never;

function bytesOf({ body, headers, measured, method, source, usual }: HostileRequest): Buffer {
  const signature = hmacOf(body, 'wrong-secret');
  const lines = [
    `${method} /webhooks/${source} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    ...(usual
      ? [
          'Content-Type: application/json',
          'X-GitHub-Delivery: forged',
          'X-GitHub-Event: push',
          `X-Hub-Signature-256: sha256=${signature}`,
          'Linear-Delivery: forged',
          'Linear-Event: Issue',
          `Linear-Signature: ${signature}`,
        ]
      : []),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(measured ? [`Content-Length: ${body.length}`] : []),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

test('nothing unsigned is kept or starts a run, and nothing breaks the host', async () => {
  const host = await startIngressHost();
  const { url } = host;
  const seen = new Map<number, number>();

  const isTurnedAway = async (hostile: HostileRequest) => {
    const statuses = await sendBytes(url, bytesOf(hostile));
    for (const status of statuses) seen.set(status, (seen.get(status) ?? 0) + 1);
    expect(statuses.filter((status) => status >= 500 || (status >= 200 && status < 300))).toEqual(
      [],
    );
  };
  await fc.assert(fc.asyncProperty(requests, isTurnedAway), { numRuns: 600 });

  // The generator reaches every check that comes before the signature, and the signature.
  expect([...seen.keys()]).toEqual(expect.arrayContaining([400, 401, 405, 415, 431]));
  expect(await listDeliveries(url)).toEqual([]);
  expect((await listRuns(url)).runs).toEqual([]);
  expect(host.output()).not.toContain('Request failed');
  expect((await sendDelivery(url, 'github', githubDelivery({}))).status).toBe(202);
});

const eventNames = fc.oneof(fc.constantFrom('push', 'issues', 'ping'), fc.string({ minLength: 1 }));
const jsonTexts = fc.oneof(fc.json(), fc.json({ stringUnit: 'binary' }), fc.string());

test('whatever is signed is kept or refused, and never breaks the host', async () => {
  const { url } = await startIngressHost();

  const isAnswered = async (text: string, event: string) => {
    if (!/^[\x20-\x7e]+$/.test(event.trim())) return;
    const github = await sendDelivery(url, 'github', githubDelivery(text || ' ', { event }));
    expect([202, 400]).toContain(github.status);
    const linear = await sendDelivery(url, 'linear', linearDelivery({ type: event, data: text }));
    expect([200, 400]).toContain(linear.status);
  };
  await fc.assert(fc.asyncProperty(jsonTexts, eventNames, isAnswered), { numRuns: 200 });

  expect((await listDeliveries(url)).length).toBeGreaterThan(50);
});
