import { expect, test } from 'vitest';
import {
  executionArn,
  flowOfFunctionName,
  runIdOfExecution,
} from '../../../infra/local/engine/execution-arn.ts';
import type { StoredOperation } from '../../../infra/local/engine/operation-storage.ts';
import { taskView } from '../../../infra/local/engine/run-views.ts';
import { advanceByTimer } from '../../../infra/local/engine/timer-rules.ts';

const start = '2026-05-01T10:00:00.000Z';

function operation(change: Partial<StoredOperation> = {}): StoredOperation {
  return { Id: 'op', Type: 'STEP', Status: 'STARTED', StartTimestamp: start, ...change };
}

test.each([
  ['a step under way', operation(), 'running', 'running', 1],
  ['its third attempt', operation({ StepDetails: { Attempt: 2 } }), 'running', 'running', 3],
  [
    'a step between attempts',
    operation({ Status: 'PENDING', StepDetails: { Attempt: 1 } }),
    'waiting',
    'waiting',
    1,
  ],
  ['a wait', operation({ Type: 'WAIT' }), 'waiting', 'waiting', 0],
  ['a context of a parked run', operation({ Type: 'CONTEXT' }), 'waiting', 'waiting', 0],
  ['a context of a running run', operation({ Type: 'CONTEXT' }), 'running', 'running', 0],
  ['an open step of a stopped run', operation(), 'stopped', 'stopped', 1],
  ['a cancelled wait', operation({ Type: 'WAIT', Status: 'CANCELLED' }), 'running', 'stopped', 0],
] as const)('%s is shown as it is', (...[, given, runState, state, attempts]) => {
  expect(taskView(given, runState)).toMatchObject({ state, attempts, startedAt: start });
});

test('a task shows its name or what it is, its parent and its error', () => {
  const failed = operation({
    ParentId: 'map',
    SubType: 'Step',
    Status: 'FAILED',
    EndTimestamp: start,
    StepDetails: { Attempt: 1, Error: { ErrorType: 'TypeError', ErrorMessage: 'no' } },
  });
  expect(taskView(failed, 'failed')).toMatchObject({
    name: 'Step',
    parentId: 'map',
    endedAt: start,
    error: { type: 'TypeError', message: 'no' },
  });
});

test('a task has moved when its last attempt has begun, or it has ended', () => {
  const later = '2026-05-01T11:00:00.000Z';
  const latest = '2026-05-01T12:00:00.000Z';
  const tried = { StepDetails: { Attempt: 7, NextAttemptTimestamp: later } };
  expect(taskView(operation(), 'running').movedAt).toBe(start);
  expect(taskView(operation(tried), 'running').movedAt).toBe(later);
  const ended = operation({ ...tried, Status: 'SUCCEEDED', EndTimestamp: latest });
  expect(taskView(ended, 'running').movedAt).toBe(latest);
});

test('an execution ARN leads back to its run, and only such an ARN does', () => {
  const arn = executionArn({ id: 'run-1', name: 'pr-7', flow: 'agent-task' });
  expect(runIdOfExecution(arn)).toBe('run-1');
  expect(runIdOfExecution('arn:aws:lambda:eu-west-1:1:function:agent-task')).toBeUndefined();
});

test('an execution ARN tells where its flow is deployed', () => {
  const place = { region: 'eu-west-1', account: '123456789012', version: '7' };
  const arn = executionArn({ id: 'run-1', name: 'pr-7', flow: 'agent-task' }, place);
  expect(arn).toBe(
    'arn:aws:lambda:eu-west-1:123456789012:function:agent-task:7/durable-execution/pr-7/run-1',
  );
  expect(runIdOfExecution(arn)).toBe('run-1');
});

test.each([
  ['child', 'child'],
  ['child:live', 'child'],
  ['arn:aws:lambda:eu-west-1:123456789012:function:child', 'child'],
  ['arn:aws:lambda:eu-west-1:123456789012:function:child:live', 'child'],
])('the function name %s means the flow %s', (functionName, flow) => {
  expect(flowOfFunctionName(functionName)).toBe(flow);
});

test('a timer readies a step, ends a wait and times out a callback', () => {
  const at = { now: Date.parse(start), missedHeartbeat: false };
  const callback = operation({ Type: 'CALLBACK', CallbackDetails: { CallbackId: 'c' } });

  expect(advanceByTimer(operation({ Status: 'PENDING' }), at).Status).toBe('READY');
  expect(advanceByTimer(operation({ Type: 'WAIT' }), at)).toMatchObject({
    Status: 'SUCCEEDED',
    EndTimestamp: start,
  });
  expect(advanceByTimer(callback, at)).toMatchObject({
    Status: 'TIMED_OUT',
    CallbackDetails: { CallbackId: 'c', Error: { ErrorType: 'Callback.Timeout' } },
  });
  expect(advanceByTimer(callback, { ...at, missedHeartbeat: true })).toMatchObject({
    CallbackDetails: { Error: { ErrorType: 'Callback.Heartbeat' } },
  });
});
