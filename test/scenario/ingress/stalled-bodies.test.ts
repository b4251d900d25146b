import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { sendDelivery, startIngressHost } from '../../support/ingress-host.ts';
import { githubDelivery } from '../../support/signed-delivery.ts';

interface Staller {
  socket: Socket;
  isOpen: () => boolean;
}

const announcedBytes = 20_000_000;

/** Sends a head that anybody can make up and so many bytes of the body, and then nothing more. */
async function stall(url: string, bytes: number): Promise<Staller> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let isOpen = true;
  socket.on('error', () => undefined);
  socket.once('close', () => (isOpen = false));
  onTestFinished(() => void socket.destroy());
  const head = [
    'POST /webhooks/github HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    `X-Hub-Signature-256: sha256=${'0'.repeat(64)}`,
    `Content-Length: ${announcedBytes}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await new Promise<void>((resolve) => {
    socket.once('close', resolve);
    socket.write(Buffer.alloc(bytes, 0x20), () => resolve());
  });
  return { socket, isOpen: () => isOpen };
}

async function stallMany(url: string, count: number, bytes: number): Promise<Staller[]> {
  return Promise.all(Array.from({ length: count }, () => stall(url, bytes)));
}

const openAmong = (stallers: Staller[]) => stallers.filter(({ isOpen }) => isOpen()).length;

test('hundreds of bodies that stall keep no delivery out', async () => {
  const { url } = await startIngressHost();
  const stallers = await stallMany(url, 500, 1);

  const startedAt = performance.now();
  for (const text of ['', 'x'.repeat(1_000_000)]) {
    expect((await sendDelivery(url, 'github', githubDelivery({ text }))).status).toBe(202);
  }
  expect(performance.now() - startedAt).toBeLessThan(1_500);
  await expect.poll(() => openAmong(stallers)).toBeLessThanOrEqual(100);
});

test('bodies that fill the memory and stall hold up no large delivery', async () => {
  const { url } = await startIngressHost();
  // Until all have sent what they want to: they get no further where one waits for another.
  const startedAt = performance.now();
  const stallers = await stallMany(url, 90, 4_000_000);

  const large = githubDelivery({ text: 'x'.repeat(5_000_000) });
  expect((await sendDelivery(url, 'github', large)).status).toBe(202);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(openAmong(stallers)).toBeLessThan(90);
});

test('who sends nothing for two seconds loses his connection, who goes on does not', async () => {
  const host = await startIngressHost();
  const silent = await stall(host.url, 1);
  const slow = await stall(host.url, 1);
  const goingOn = setInterval(() => slow.socket.write(' '), 300);
  onTestFinished(() => clearInterval(goingOn));

  await expect.poll(silent.isOpen, { timeout: 4_000 }).toBe(false);
  expect(slow.isOpen()).toBe(true);
  expect(host.output()).toContain('too-slow');
});
