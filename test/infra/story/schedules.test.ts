import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { openDesk } from './stack-desk.ts';
import { expectClean, startStoryStack, useStory } from './story-stack.ts';

useStory();

test('system-health ticks, once however often its rule fires', async () => {
  const stack = await startStoryStack();
  const desk = openDesk(stack);
  expect(await stack.alarmState('schedule-silent-system-health')).toBe('ALARM');

  stack.tick('system-health');
  stack.tick('system-health');
  await stack.idle();
  const runs = await desk.untilEnded('system-health');

  expect(runs).toMatchObject([
    { state: 'succeeded', error: null, cause: { kind: 'schedule', schedule: 'system-health' } },
  ]);
  expect(await stack.alarmState('schedule-silent-system-health')).toBe('OK');
  expectClean(stack);
}, 60_000);

test('autonomous-cicd ticks, and has what was missed analysed', async () => {
  const stack = await startStoryStack();
  const { linear } = stack;
  const desk = openDesk(stack);
  linear.act.label('ENG-1', 'component-analysis');

  stack.tick('autonomous-cicd');
  const [cicd] = await desk.untilEnded('autonomous-cicd');
  await desk.untilEnded('component-analysis');

  expect(cicd).toMatchObject({ state: 'succeeded', error: null });
  expect(linear.issue('ENG-1').comments.map(({ body }) => body)).toEqual([
    expect.stringContaining('Component analysis of `orders`'),
  ]);
  expectClean(stack);
}, 60_000);

test('a schedule whose rule is disabled does not tick', async () => {
  const stack = await startStoryStack();
  const eventBridge = new EventBridgeClient(stack.aws.clientSettings);
  const Name = stack.outputs.ScheduleRules['system-health'];

  await eventBridge.send(new DisableRuleCommand({ Name }));
  stack.tick('system-health');
  await stack.idle();

  expect(await openDesk(stack).list('system-health')).toEqual([]);
  expect(stack.logs('scheduler')).toEqual([]);
  expectClean(stack);
});
