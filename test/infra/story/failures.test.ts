import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import type { SeenCall } from '../../support/aws/request-handler.ts';
import { randomBy } from '../../support/random-by.ts';
import { githubDelivery, linearDelivery } from '../../support/signed-delivery.ts';
import { openDesk } from './stack-desk.ts';
import {
  deliveredIds,
  expectClean,
  send,
  startStoryStack,
  useStory,
  type StoryStack,
} from './story-stack.ts';
import { untilFound } from './until-found.ts';

useStory();

/** Until a function has asked a service for something. */
async function untilAsked(stack: StoryStack, service: string, operation: string): Promise<void> {
  const isMeant = (call: SeenCall) => call.service === service && call.operation === operation;
  await untilFound(stack, `${service}:${operation}`, async () => stack.aws.calls.some(isMeant));
}

test('an event that nobody can read is tried three times and kept in the dead-letter queue', async () => {
  const stack = await startStoryStack();
  const { aws, outputs } = stack;
  const poisoned = { source: 'github', type: 'push' };
  expect(await stack.alarmState('dead-letters-dispatcher')).toBe('OK');

  await new EventBridgeClient(aws.clientSettings).send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: outputs.Bus,
          Source: 'autonomous-cicd',
          DetailType: 'delivery',
          Detail: JSON.stringify(poisoned),
        },
      ],
    }),
  );
  await stack.idle();

  expect(stack.lambdaMetric('dispatcher', 'Errors')).toBe(3);
  expect(await stack.alarmState('dead-letters-dispatcher')).toBe('ALARM');
  expect(await stack.alarmState('function-errors-dispatcher')).toBe('ALARM');
  expect(await stack.takeDeadLetters('dispatcher')).toMatchObject([
    { event: { detail: poisoned }, attributes: { ErrorMessage: expect.any(String) } },
  ]);
  expectClean(stack);
});

test('a flow that is killed in the middle goes on, and shows everything once', async () => {
  const stack = await startStoryStack();
  const { aws, linear } = stack;
  const desk = openDesk(stack);
  // The first task saves what it has read of the source, and gets no answer.
  aws.script({ service: 's3', operation: 'PutObject', act: 'hang' });

  const label = linear.act.label('ENG-1', 'component-analysis');
  await send(stack, 'linear', linearDelivery(label));
  await untilAsked(stack, 's3', 'PutObject');
  for (const process of stack.function('component-analysis').processes.busy()) process.kill();
  const [run] = await desk.untilEnded('component-analysis');

  expect(run).toMatchObject({ state: 'succeeded', error: null });
  expect(linear.issue('ENG-1').comments.map(({ body }) => body)).toEqual([
    expect.stringContaining('Component analysis of `orders`'),
  ]);
  expect(stack.lambdaMetric('component-analysis', 'Errors')).toBe(1);
  expectClean(stack);
}, 60_000);

test('what a schedule brings in is sent again where the bus has refused it, and kept once', async () => {
  const stack = await startStoryStack();
  const { aws, linear } = stack;
  linear.act.createIssue({ title: 'Look at billing' });
  for (const issue of ['ENG-1', 'ENG-2']) linear.act.label(issue, 'component-analysis');
  aws.script({ service: 'events', operation: 'PutEvents', act: 'partial' });

  stack.tick('autonomous-cicd');
  await openDesk(stack).untilEnded('component-analysis', 2);

  // One was refused.
  expect(aws.calls.filter(({ operation }) => operation === 'PutEvents')).toHaveLength(3);
  expect(new Set(deliveredIds(stack)).size).toBe(2);
  expect(deliveredIds(stack)).toHaveLength(2);
  expectClean(stack);
}, 60_000);

test('nothing is lost while DynamoDB takes few requests', async () => {
  const stack = await startStoryStack();
  const desk = openDesk(stack);
  const random = randomBy(1);
  const ids = Array.from({ length: 8 }, (_, index) => `delivery-${index}`);
  let throttled = 0;
  stack.aws.script({
    service: 'dynamodb',
    act: 'throttle',
    times: 8,
    when: () => {
      const isHit = random() < 0.6;
      if (isHit) throttled += 1;
      return isHit;
    },
  });

  await Promise.all(ids.map((id) => send(stack, 'github', githubDelivery({}, { id }))));
  await stack.idle();

  expect(throttled).toBe(8);
  const { deliveries } = await desk.deliveries.list({ limit: 50 });
  expect(deliveries.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(new Set(deliveries.map(({ decision }) => decision))).toEqual(new Set(['ignored']));
  expect(await stack.takeDeadLetters('dispatcher')).toEqual([]);
  expectClean(stack);
}, 60_000);

test('a secret of the wrong shape is named where its work is missed, and never shown', async () => {
  const secret = 'no key of Linear at all';
  const stack = await startStoryStack({ secrets: { 'linear-api-key': secret } });
  const desk = openDesk(stack);

  const label = stack.linear.act.label('ENG-1', 'component-analysis');
  await send(stack, 'linear', linearDelivery(label));
  const [run] = await desk.untilEnded('component-analysis');

  expect(JSON.stringify(run)).toContain('LINEAR_API_KEY');
  expect(JSON.stringify([run, stack.logs('component-analysis')])).not.toContain(secret);
  expectClean(stack);
}, 60_000);
