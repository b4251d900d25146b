import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { createDynamodbClient } from '../../../lib/adapters/aws/dynamodb/client.ts';
import { createDynamodbStore } from '../../../lib/adapters/aws/dynamodb/store.ts';
import { createRunRecords } from '../../../lib/adapters/aws/durable/run-records.ts';
import {
  readScheduleState,
  writeScheduleState,
} from '../../../lib/flows/schedules/schedule-states.ts';
import type { Store } from '../../../lib/ports/store.ts';
import { openDesk } from './stack-desk.ts';
import { expectClean, startStoryStack, useStory, type StoryStack } from './story-stack.ts';

useStory();

/** As if the news had been lost. */
async function forgetEnd(stack: StoryStack, runId: string): Promise<void> {
  await createRunRecords(storeOf(stack), 14).change(runId, (run) => {
    if (run === undefined) throw new Error(`There is no record of ${runId}`);
    return { ...run, state: 'running', endedAt: null };
  });
}

/** As if its last tick had been a while ago. */
async function makeDue(stack: StoryStack, schedule: string): Promise<void> {
  const store = storeOf(stack);
  const before = await readScheduleState(store, schedule, Date.now());
  const state = { ...before.state, settledSlot: 0 };
  expect(await writeScheduleState(store, schedule, { before, state })).toBe(true);
}

function storeOf({ aws, outputs }: StoryStack): Store {
  const client = createDynamodbClient(aws.clientSettings);
  return createDynamodbStore({ client, table: outputs.Table });
}

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

test('a run whose end nobody has told keeps its schedule from no tick', async () => {
  const stack = await startStoryStack();
  const desk = openDesk(stack);
  stack.tick('system-health');
  const [run] = await desk.untilEnded('system-health');
  await forgetEnd(stack, run?.id ?? '');
  await makeDue(stack, 'system-health');

  stack.tick('system-health');
  await stack.idle();
  expect(await desk.untilEnded('system-health', 2)).toHaveLength(2);
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
