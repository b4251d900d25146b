import { readFileSync } from 'node:fs';
import { request, type ClientRequest } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { sendDelivery, startIngressHost } from '../../support/ingress-host.ts';
import { githubDelivery } from '../../support/signed-delivery.ts';

const megabyte = 1_048_576;

/** What a delivery's head looks like, as anybody can make it up. */
const forgedHead = {
  'content-type': 'application/json',
  'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
  'linear-signature': '0'.repeat(64),
};

const slowly = { timeout: 15_000, interval: 200 };

/** A request whose body may be written piece by piece; given up at the end of the test. */
function openRequest(
  address: string,
  headers: Record<string, string | number> = {},
  method = 'POST',
): ClientRequest {
  const opened = request(address, { method, headers: { ...forgedHead, ...headers } });
  opened.on('error', () => undefined);
  onTestFinished(() => void opened.destroy());
  return opened;
}

/** Resolves when the piece is on its way, or cannot be sent any more. */
function written(sending: ClientRequest, piece: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (sending.destroyed) return resolve();
    sending.once('close', resolve);
    sending.write(piece, () => resolve());
  });
}

function statusOf(sending: ClientRequest): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    sending.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sending.once('error', reject);
  });
}

test('a body that is too large is refused before it is read to its end', async () => {
  const { url } = await startIngressHost();
  const endless = openRequest(`${url}/webhooks/linear`);
  const status = statusOf(endless);
  for (let piece = 0; piece < 6; piece += 1) endless.write(Buffer.alloc(megabyte, 0x20));

  expect(await status).toBe(413);
  expect((await sendDelivery(url, 'github', githubDelivery({}))).status).toBe(202);
});

test('a body that is announced as too large is not read at all', async () => {
  const { url } = await startIngressHost();
  const announced = openRequest(`${url}/webhooks/github`, { 'content-length': 26 * megabyte });
  const status = statusOf(announced);
  announced.flushHeaders();

  expect(await status).toBe(413);
});

test('a large delivery that comes in pieces is accepted', async () => {
  const { url } = await startIngressHost();
  const { body, headers } = githubDelivery({ text: 'x'.repeat(2 * megabyte) });
  const inPieces = openRequest(`${url}/webhooks/github`, headers);
  const status = statusOf(inPieces);
  for (let at = 0; at < body.length; at += 100_000) inPieces.write(body.subarray(at, at + 100_000));
  inPieces.end();

  expect(await status).toBe(202);
});

test.each([
  ['without a signature', 401, { headers: { 'x-hub-signature-256': 'sha256=' }, method: 'POST' }],
  ['by another method', 405, { headers: {}, method: 'PUT' }],
  ['of another type', 415, { headers: { 'content-type': 'text/plain' }, method: 'POST' }],
])('a body %s is not waited for', async (_what, expected, { headers, method }) => {
  const { url } = await startIngressHost();
  const announced = { ...headers, 'content-length': 20 * megabyte };
  const waiting = openRequest(`${url}/webhooks/github`, announced, method);
  const status = statusOf(waiting);
  waiting.flushHeaders();

  expect(await status).toBe(expected);
});

test('bodies that never end hold up neither usual nor large deliveries', async () => {
  const host = await startIngressHost();
  const { url } = host;
  const stalled = Array.from({ length: 200 }, () => openRequest(`${url}/webhooks/github`));
  for (const sender of stalled) sender.write(Buffer.alloc(300_000, 0x20));

  const startedAt = performance.now();
  for (const text of ['', 'x'.repeat(300_000), 'x'.repeat(5 * megabyte)]) {
    expect((await sendDelivery(url, 'github', githubDelivery({ text }))).status).toBe(202);
  }
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  // They do lose their connections.
  await expect.poll(() => stalled.filter(({ destroyed }) => destroyed).length, slowly).toBe(200);
  expect(host.output()).toContain('too-slow');
}, 30_000);

test.skipIf(process.platform !== 'linux')(
  'many large bodies at once do not fill the memory',
  async () => {
    const { pid, url } = await startIngressHost();
    // In turns, and without an end: all are half read at once, 1,200 MB in the end, were they all kept.
    const senders = Array.from({ length: 60 }, () => openRequest(`${url}/webhooks/github`));
    const piece = Buffer.alloc(2 * megabyte, 0x20);
    for (let sent = 0; sent < 10; sent += 1) {
      await Promise.all(senders.map((sender) => written(sender, piece)));
    }
    expect(senders.some(({ destroyed }) => destroyed)).toBe(true);

    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    expect(Number(peak) / 1_024).toBeLessThan(1_000);
    expect((await sendDelivery(url, 'github', githubDelivery({}))).status).toBe(202);
  },
  60_000,
);
