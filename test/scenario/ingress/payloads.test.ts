import { expect, test } from 'vitest';
import {
  listDeliveries,
  readMetrics,
  sendDelivery,
  startIngressHost,
  writeEnvFile,
} from '../../support/ingress-host.ts';
import { githubDelivery, linearDelivery, testSecret } from '../../support/signed-delivery.ts';
import { listGithubExamples } from '../../support/webhook-examples.ts';
import { linearIssuePayload } from '../../builders/linear-payloads.ts';

/** The bytes with one of them changed by one. */
function altered(body: Buffer, at: number): Buffer {
  const copy = Buffer.from(body);
  copy.writeUInt8((copy.readUInt8(at) + 1) % 256, at);
  return copy;
}

test('every recorded payload of GitHub is accepted when signed, refused when a byte is altered', async () => {
  const examples = listGithubExamples();
  expect(examples.length).toBe(329);
  const { url } = await startIngressHost();

  for (const [index, { event, payload }] of examples.entries()) {
    const delivery = githubDelivery(payload, { event, id: `example-${index}` });
    const accepted = await sendDelivery(url, 'github', delivery);
    expect({ event, ...accepted }).toEqual({
      event,
      status: 202,
      text: `{"kind":"accepted","deliveryId":"example-${index}"}`,
    });

    const at = (index * 7_919) % delivery.body.length;
    const forged = { ...delivery, body: altered(delivery.body, at) };
    const { status } = await sendDelivery(url, 'github', forged);
    expect({ event, status }).toEqual({ event, status: 401 });
  }

  const kept = await listDeliveries(url);
  expect(new Set(kept.map(({ id }) => id)).size).toBe(329);
  expect(kept.length).toBe(329);
  expect(await readMetrics(url)).toEqual({
    'WebhookVerified github current': 329,
    'WebhookRefused github signature': 329,
  });
});

test('a delivery of Linear is accepted when signed just now, refused later or altered', async () => {
  const { url } = await startIngressHost();
  const delivery = linearDelivery(linearIssuePayload(), { id: 'linear-1' });

  expect((await sendDelivery(url, 'linear', delivery)).status).toBe(200);
  const forged = { ...delivery, body: altered(delivery.body, 20) };
  expect((await sendDelivery(url, 'linear', forged)).status).toBe(401);
  const late = linearDelivery(linearIssuePayload(), { now: Date.now() - 120_000 });
  expect((await sendDelivery(url, 'linear', late)).status).toBe(401);

  expect(await listDeliveries(url)).toMatchObject([{ id: 'linear-1', type: 'Issue.create' }]);
});

test('a host without secrets accepts nothing, and accepts what is sent again once there is one', async () => {
  const { url, folder } = await startIngressHost({ '.env': '' });
  const delivery = githubDelivery({ action: 'opened' });

  expect((await sendDelivery(url, 'github', delivery)).status).toBe(503);
  expect(await listDeliveries(url)).toEqual([]);

  writeEnvFile(folder, { GITHUB_WEBHOOK_SECRET: testSecret });
  expect((await sendDelivery(url, 'github', delivery)).status).toBe(202);
});
