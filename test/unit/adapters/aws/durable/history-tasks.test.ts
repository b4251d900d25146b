import type { Event, EventType } from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import {
  inRunOf,
  openRunState,
  tasksOf,
} from '../../../../../lib/adapters/aws/durable/history-tasks.ts';
import type { Task } from '../../../../../lib/domain/run.ts';

let second = 0;

/** An event a second after the one before. */
function event(EventType: EventType, more: Partial<Event> = {}): Event {
  second += 1;
  const EventTimestamp = new Date(Date.UTC(2026, 0, 1) + second * 1_000);
  return { EventType, Id: 'a', Name: 'ask', EventTimestamp, ...more };
}

const failure = { Error: { Payload: { ErrorType: 'TypeError', ErrorMessage: 'no' } } };

function only(tasks: readonly Task[]): Task | undefined {
  expect(tasks).toHaveLength(1);
  return tasks[0];
}

describe('the task of events', () => {
  test('a step that succeeds at its second attempt', () => {
    const waiting = [
      event('StepStarted'),
      event('StepFailed', {
        StepFailedDetails: {
          ...failure,
          RetryDetails: { CurrentAttempt: 1, NextAttemptDelaySeconds: 5 },
        },
      }),
    ];
    expect(only(tasksOf(waiting))).toMatchObject({
      kind: 'step',
      state: 'waiting',
      attempts: 1,
      endedAt: null,
      error: { type: 'TypeError', message: 'no' },
    });
    const secondStart = event('StepStarted');
    const again = [...waiting, secondStart];
    expect(only(tasksOf(again))).toMatchObject({
      state: 'running',
      attempts: 2,
      movedAt: secondStart.EventTimestamp?.toISOString(),
      error: null,
    });
    const succeeded = event('StepSucceeded', {
      StepSucceededDetails: { Result: {}, RetryDetails: { CurrentAttempt: 2 } },
    });
    expect(only(tasksOf([...again, succeeded]))).toMatchObject({
      state: 'succeeded',
      attempts: 2,
      startedAt: waiting[0]?.EventTimestamp?.toISOString(),
      endedAt: succeeded.EventTimestamp?.toISOString(),
      error: null,
    });
  });

  test('a condition that is asked again and again waits in between', () => {
    const asked = event('StepSucceeded', {
      StepSucceededDetails: {
        Result: {},
        RetryDetails: { CurrentAttempt: 3, NextAttemptDelaySeconds: 60 },
      },
    });
    const task = only(tasksOf([event('StepStarted'), asked]));
    expect(task).toMatchObject({ state: 'waiting', attempts: 3, endedAt: null });
  });

  const startOf = {
    step: 'StepStarted',
    wait: 'WaitStarted',
    callback: 'CallbackStarted',
    invoke: 'ChainedInvokeStarted',
    context: 'ContextStarted',
  } as const;

  test.each([
    [
      'StepFailed',
      { kind: 'step', state: 'failed' },
      { StepFailedDetails: { ...failure, RetryDetails: {} } },
    ],
    ['CallbackFailed', { kind: 'callback', state: 'failed' }, { CallbackFailedDetails: failure }],
    [
      'CallbackTimedOut',
      { kind: 'callback', state: 'timed_out' },
      { CallbackTimedOutDetails: failure },
    ],
    [
      'ChainedInvokeFailed',
      { kind: 'invoke', state: 'failed' },
      { ChainedInvokeFailedDetails: failure },
    ],
    [
      'ChainedInvokeTimedOut',
      { kind: 'invoke', state: 'timed_out' },
      { ChainedInvokeTimedOutDetails: failure },
    ],
    [
      'ChainedInvokeStopped',
      { kind: 'invoke', state: 'stopped' },
      { ChainedInvokeStoppedDetails: failure },
    ],
    ['ContextFailed', { kind: 'context', state: 'failed' }, { ContextFailedDetails: failure }],
  ] as const)('%s ends a task, with its error', (type, expected, details) => {
    const task = only(tasksOf([event(startOf[expected.kind]), event(type, details)]));
    const error = { type: 'TypeError', message: 'no' };
    expect(task).toMatchObject({ ...expected, error, endedAt: expect.any(String) });
  });

  test.each([
    ['WaitSucceeded', 'wait', 'succeeded'],
    ['WaitCancelled', 'wait', 'stopped'],
    ['CallbackSucceeded', 'callback', 'succeeded'],
    ['ChainedInvokeSucceeded', 'invoke', 'succeeded'],
    ['ContextSucceeded', 'context', 'succeeded'],
  ] as const)('%s ends a task', (type, kind, state) => {
    const task = only(tasksOf([event(startOf[kind]), event(type)]));
    expect(task).toMatchObject({ kind, state, error: null, endedAt: expect.any(String) });
  });

  test('is none of the execution itself, of its invocations, and of events of tomorrow', () => {
    const others = ['ExecutionStarted', 'InvocationCompleted', 'ExecutionSucceeded'] as const;
    const tomorrow: EventType = JSON.parse('"StepPaused"');
    expect(tasksOf([...others, tomorrow].map((type) => event(type)))).toEqual([]);
  });

  test('are in the order in which they began, each below its parent', () => {
    const tasks = tasksOf([
      event('ContextStarted', { Id: 'outer', Name: 'both', SubType: 'Parallel' }),
      event('ContextStarted', {
        Id: 'left',
        Name: undefined,
        SubType: 'Branch',
        ParentId: 'outer',
      }),
      event('StepStarted', { Id: 'step', Name: undefined, ParentId: 'left' }),
      event('ContextSucceeded', { Id: 'outer', Name: undefined }),
    ]);
    expect(tasks.map(({ id, name, parentId }) => [id, name, parentId])).toEqual([
      ['outer', 'both', null],
      ['left', 'Branch', 'outer'],
      ['step', 'step', 'left'],
    ]);
  });
});

describe('a run that goes on', () => {
  const waiting = tasksOf([event('ContextStarted', { Id: 'c' }), event('WaitStarted')]);
  const working = tasksOf([event('WaitStarted'), event('StepStarted', { Id: 'b' })]);

  test('waits while a task does and none is at work', () => {
    expect(openRunState(waiting)).toBe('waiting');
    expect(openRunState(working)).toBe('running');
    expect(openRunState([])).toBe('running');
  });

  test('has its contexts wait with it', () => {
    const states = inRunOf('waiting', waiting).map(({ state }) => state);
    expect(states).toEqual(['waiting', 'waiting']);
  });

  test('leaves its tasks stopped when it ends under them', () => {
    const states = inRunOf('timed_out', working).map(({ state }) => state);
    expect(states).toEqual(['stopped', 'stopped']);
  });
});
