import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { sendDelivery, startIngressHost } from '../../support/ingress-host.ts';
import { githubDelivery } from '../../support/signed-delivery.ts';

/** Connected, or turned away at once. */
async function openConnection(port: number): Promise<{ socket: Socket; isOpen: () => boolean }> {
  const socket = connect(port, '127.0.0.1');
  let isOpen = true;
  socket.on('error', () => undefined);
  socket.once('close', () => (isOpen = false));
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  return { socket, isOpen: () => isOpen };
}

test('connections without end are turned away, and room is made again', async () => {
  const { url } = await startIngressHost();
  const port = Number(new URL(url).port);
  const connections = await Promise.all(Array.from({ length: 1_020 }, () => openConnection(port)));

  const open = () => connections.filter(({ isOpen }) => isOpen()).length;
  await expect.poll(open).toBeLessThanOrEqual(1_000);
  expect(open()).toBeGreaterThan(950);

  for (const { socket } of connections.slice(0, 50)) socket.destroy();
  await expect
    .poll(async () => {
      const sending = sendDelivery(url, 'github', githubDelivery({}));
      return sending.then(({ status }) => status).catch(() => 'turned away');
    })
    .toBe(202);
});
