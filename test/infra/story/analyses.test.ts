import { expect, test } from 'vitest';
import { githubDelivery, linearDelivery } from '../../support/signed-delivery.ts';
import { openDesk } from './stack-desk.ts';
import { expectClean, send, startStoryStack, useStory } from './story-stack.ts';

useStory();

test('a label in Linear leads to a report on the issue, in the bucket and in the lists', async () => {
  const stack = await startStoryStack();
  const { linear } = stack;
  const desk = openDesk(stack);

  const label = linear.act.label('ENG-1', 'component-analysis');
  const { status } = await send(stack, 'linear', linearDelivery(label));
  const [run] = await desk.untilEnded('component-analysis');

  expect(status).toBe(200);
  expect(run).toMatchObject({ state: 'succeeded', error: null, hasReport: true });
  const issue = linear.issue('ENG-1');
  expect(issue.labels).toEqual(['component-analysis', 'analysed']);
  expect(issue.comments.map(({ body }) => body)).toEqual([
    expect.stringMatching(/Component analysis of `orders`[^]*orders\/total\.py:4/),
  ]);
  expect(run?.tasks.map(({ name }) => name)).toContain('report');
  expect(await desk.blobs.get(`reports/${run?.id}.json`)).toBeDefined();
  const lines = await desk.runs.logs(run?.id ?? '');
  expect(lines.map(({ task }) => task)).toContain('get component files');
  expectClean(stack);
}, 60_000);

test('a push to GitHub leads to a check at the commit', async () => {
  const stack = await startStoryStack();
  const { github } = stack;
  const desk = openDesk(stack);

  const files = { 'orders/total.py': 'def total(prices):\n    return sum(prices)\n' };
  const payload = await github.push('acme/shop', { files });
  const { status } = await send(stack, 'github', githubDelivery(payload, { event: 'push' }));
  const [run] = await desk.untilEnded('component-analysis');

  expect(status).toBe(202);
  expect(run).toMatchObject({ state: 'succeeded', error: null });
  expect(github.repository('acme/shop').checkRuns).toMatchObject([
    { commit: payload['after'], status: 'completed', conclusion: 'success' },
  ]);
  expectClean(stack);
}, 60_000);
