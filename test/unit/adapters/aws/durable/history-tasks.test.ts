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
    const again = [...waiting, event('StepStarted')];
    expect(only(tasksOf(again))).toMatchObject({ state: 'running', attempts: 2, error: null });
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

  test.each([
    ['StepFailed', 'step', 'failed', { StepFailedDetails: { ...failure, RetryDetails: {} } }],
    ['WaitSucceeded', 'wait', 'succeeded', {}],
    ['WaitCancelled', 'wait', 'stopped', {}],
    ['CallbackSucceeded', 'callback', 'succeeded', {}],
    ['CallbackFailed', 'callback', 'failed', { CallbackFailedDetails: failure }],
    ['CallbackTimedOut', 'callback', 'timed_out', { CallbackTimedOutDetails: failure }],
    ['ChainedInvokeSucceeded', 'invoke', 'succeeded', {}],
    ['ChainedInvokeFailed', 'invoke', 'failed', { ChainedInvokeFailedDetails: failure }],
    ['ChainedInvokeTimedOut', 'invoke', 'timed_out', { ChainedInvokeTimedOutDetails: failure }],
    ['ChainedInvokeStopped', 'invoke', 'stopped', { ChainedInvokeStoppedDetails: failure }],
    ['ContextSucceeded', 'context', 'succeeded', {}],
    ['ContextFailed', 'context', 'failed', { ContextFailedDetails: failure }],
  ] as const)('%s ends a task', (type, kind, state, details) => {
    const started = event(`${type.replace(/[A-Z][a-z]+$/, '')}Started` as EventType);
    const task = only(tasksOf([started, event(type, details)]));
    expect(task).toMatchObject({ kind, state, endedAt: expect.any(String) });
    const error = 'Error' in (Object.values(details)[0] ?? {});
    expect(task?.error).toEqual(error ? { type: 'TypeError', message: 'no' } : null);
  });

  test('is none of the execution itself, of its invocations, and of events of tomorrow', () => {
    const others = ['ExecutionStarted', 'InvocationCompleted', 'ExecutionSucceeded'] as const;
    const tomorrow = JSON.parse('"StepPaused"') as EventType;
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
