import { expect, test } from 'vitest';
import {
  listDeliveries,
  readMetrics,
  sendDelivery,
  startIngressHost,
  writeEnvFile,
} from '../../support/ingress-host.ts';
import { githubDelivery, testSecret } from '../../support/signed-delivery.ts';

const newSecret = 'another-test-secret-of-no-worth';

test('a rotation in the middle of a stream of deliveries loses none', async () => {
  const { url, folder } = await startIngressHost();
  const refused: number[] = [];
  let sent = 0;

  /** The sender switches at 200; a fifth of what comes afterwards was signed before and is late. */
  const send = async (index: number) => {
    const secret = index < 200 || index % 5 === 0 ? testSecret : newSecret;
    const delivery = githubDelivery({ index }, { id: `delivery-${index}`, secret });
    const { status } = await sendDelivery(url, 'github', delivery);
    if (status !== 202) refused.push(index);
  };
  const sender = async () => {
    while (sent < 400) {
      const index = sent;
      sent += 1;
      if (index === 100) {
        writeEnvFile(folder, {
          GITHUB_WEBHOOK_SECRET: newSecret,
          GITHUB_WEBHOOK_SECRET_PREVIOUS: testSecret,
        });
      }
      await send(index);
    }
  };
  await Promise.all(Array.from({ length: 8 }, sender));

  expect(refused).toEqual([]);
  expect(new Set((await listDeliveries(url)).map(({ id }) => id)).size).toBe(400);
  const {
    'WebhookVerified github current': current = 0,
    'WebhookVerified github previous': previous = 0,
    ...others
  } = await readMetrics(url);
  expect(current + previous).toBe(400);
  expect(previous).toBeGreaterThan(20);
  expect(others).toEqual({});
});

test('a rotation right after rubbish was turned away loses none either', async () => {
  const { url, folder } = await startIngressHost();
  const rubbish = githubDelivery({}, { secret: 'nobody knows' });
  expect((await sendDelivery(url, 'github', rubbish)).status).toBe(401);

  writeEnvFile(folder, {
    GITHUB_WEBHOOK_SECRET: newSecret,
    GITHUB_WEBHOOK_SECRET_PREVIOUS: testSecret,
  });
  for (const secret of [newSecret, testSecret]) {
    expect((await sendDelivery(url, 'github', githubDelivery({}, { secret }))).status).toBe(202);
  }
});

test('a previous secret counts no more once it is withdrawn', async () => {
  const { url, folder } = await startIngressHost({
    '.env': `GITHUB_WEBHOOK_SECRET=${newSecret}\nGITHUB_WEBHOOK_SECRET_PREVIOUS=${testSecret}\n`,
  });
  expect((await sendDelivery(url, 'github', githubDelivery({}))).status).toBe(202);

  writeEnvFile(folder, { GITHUB_WEBHOOK_SECRET: newSecret });
  expect((await sendDelivery(url, 'github', githubDelivery({}))).status).toBe(401);
});

test('a current secret counts no more once it is replaced', async () => {
  const { url, folder } = await startIngressHost();
  expect((await sendDelivery(url, 'github', githubDelivery({}))).status).toBe(202);

  writeEnvFile(folder, { GITHUB_WEBHOOK_SECRET: newSecret });
  expect((await sendDelivery(url, 'github', githubDelivery({}))).status).toBe(401);
});
