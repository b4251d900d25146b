import { expect, test } from 'vitest';
import { githubDelivery, linearDelivery } from '../../support/signed-delivery.ts';
import { deliveredIds, expectClean, send, startStoryStack, useStory } from './story-stack.ts';

useStory();

const newSecret = 'another-test-secret-of-no-worth';

test('signed deliveries of GitHub and Linear are answered and come onto the bus', async () => {
  const stack = await startStoryStack();

  const github = await send(stack, 'github', githubDelivery({ zen: 'Calm.' }, { id: 'g-1' }));
  const linear = await send(stack, 'linear', linearDelivery({ type: 'Issue' }, { id: 'l-1' }));

  expect([github.status, linear.status]).toEqual([202, 200]);
  expect(deliveredIds(stack)).toEqual(['g-1', 'l-1']);
  expect(stack.metric('WebhookVerified', { source: 'github', secret: 'current' })).toBe(1);
  expectClean(stack);
});

test('what nobody has signed, and every other path, reaches nothing', async () => {
  const stack = await startStoryStack();

  const forged = await send(stack, 'github', githubDelivery({}, { secret: 'guessed' }));
  const elsewhere = await fetch(`${stack.url}/webhooks`, { method: 'POST', body: '{}' });
  const reading = await fetch(`${stack.url}/webhooks/github`);
  // More than Lambda takes: GitHub sends up to 25 MB, which reconciliation brings later.
  const large = await send(stack, 'github', githubDelivery('x'.repeat(7_000_000)));

  expect([forged, elsewhere, reading, large].map(({ status }) => status)).toEqual([
    401, 404, 404, 413,
  ]);
  expect(deliveredIds(stack)).toEqual([]);
  expectClean(stack);
});

test('a rotation in the middle of a stream of deliveries loses none', async () => {
  const stack = await startStoryStack({ secrets: { 'github-webhook-secret': 'first' } });
  const statuses: number[] = [];
  let sent = 0;

  /** The sender switches at 40; a fifth of what comes afterwards was signed before and is late. */
  const sender = async () => {
    while (sent < 80) {
      const index = sent;
      sent += 1;
      if (index === 20) await stack.setSecret('github-webhook-secret', newSecret);
      const secret = index < 40 || index % 5 === 0 ? 'first' : newSecret;
      const delivery = githubDelivery({ index }, { id: `delivery-${index}`, secret });
      statuses.push((await send(stack, 'github', delivery)).status);
    }
  };
  await Promise.all([sender(), sender(), sender(), sender()]);

  expect(new Set(statuses)).toEqual(new Set([202]));
  expect(new Set(deliveredIds(stack)).size).toBe(80);
  const previous = stack.metric('WebhookVerified', { source: 'github', secret: 'previous' });
  expect(previous).toBeGreaterThan(5);
  expectClean(stack);
});

test('a webhook whose secret nobody has set says so, and takes deliveries once it is there', async () => {
  const stack = await startStoryStack({ secrets: { 'linear-webhook-secret': null } });
  const delivery = linearDelivery({ type: 'Issue' }, { secret: newSecret });

  const before = await send(stack, 'linear', delivery);
  await stack.setSecret('linear-webhook-secret', newSecret);
  await stack.function('linear-webhook').processes.retire();
  const after = await send(stack, 'linear', delivery);

  expect(before.status).toBe(503);
  expect(before.text).toMatch(/secret/);
  expect(after.status).toBe(200);
  expectClean(stack);
});

test('an entry that the bus refuses in passing is sent again, and told once', async () => {
  const stack = await startStoryStack();
  stack.aws.script({ service: 'events', operation: 'PutEvents', act: 'partial' });

  const { status } = await send(stack, 'github', githubDelivery({}, { id: 'g-1' }));

  expect(status).toBe(202);
  expect(deliveredIds(stack)).toEqual(['g-1']);
  expect(stack.aws.calls.filter(({ operation }) => operation === 'PutEvents')).toHaveLength(2);
  expectClean(stack);
});

test('while the bus takes nothing the sender is told to come again', async () => {
  const stack = await startStoryStack();
  stack.aws.script({ service: 'events', operation: 'PutEvents', act: 'error500', times: 3 });
  const delivery = githubDelivery({}, { id: 'g-1' });

  const refused = await send(stack, 'github', delivery);
  const taken = await send(stack, 'github', delivery);

  expect([refused.status, taken.status]).toEqual([503, 202]);
  expect(deliveredIds(stack)).toEqual(['g-1']);
  expect(stack.metric('WebhookRefused', { source: 'github', reason: 'not-kept' })).toBe(1);
  expectClean(stack);
});
