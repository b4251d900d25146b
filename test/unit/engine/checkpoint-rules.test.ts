import type { OperationUpdate } from '@aws/durable-execution-sdk-js';
import { describe, expect, test } from 'vitest';
import { applyUpdate, nextCallbackDue } from '../../../infra/local/engine/checkpoint-rules.ts';
import type { StoredOperation } from '../../../infra/local/engine/operation-storage.ts';

const now = Date.parse('2026-05-01T10:00:00Z');
const start = '2026-05-01T10:00:00.000Z';

function update(change: Partial<OperationUpdate>): OperationUpdate {
  return { Id: 'op', Type: 'STEP', Action: 'START', ...change };
}

function stored(change: Partial<StoredOperation> = {}): StoredOperation {
  return { Id: 'op', Type: 'STEP', Status: 'STARTED', StartTimestamp: start, ...change };
}

function apply(change: Partial<OperationUpdate>, existing?: StoredOperation) {
  return applyUpdate(update(change), { existing, now, newId: () => 'callback-1' });
}

describe('steps', () => {
  test('begin with their name, parent and time, and no timer', () => {
    expect(apply({ Name: 'load', ParentId: 'map', SubType: 'Step' })).toMatchObject({
      operation: {
        Id: 'op',
        Name: 'load',
        ParentId: 'map',
        SubType: 'Step',
        Status: 'STARTED',
        StartTimestamp: start,
      },
      dueAt: null,
    });
  });

  test('count an attempt when it ends, not when it begins', () => {
    const again = stored({ Status: 'READY', StepDetails: { Attempt: 2 } });

    expect(apply({ Action: 'START' }, again).operation).toMatchObject({
      Status: 'STARTED',
      StepDetails: { Attempt: 2 },
    });
    expect(apply({ Action: 'SUCCEED', Payload: '7' }, again).operation).toMatchObject({
      Status: 'SUCCEEDED',
      EndTimestamp: start,
      StepDetails: { Attempt: 3, Result: '7' },
    });
  });

  test('that are to be retried wait for their delay, keeping state and error', () => {
    const retried = apply(
      {
        Action: 'RETRY',
        Payload: '"state"',
        Error: { ErrorMessage: 'busy' },
        StepOptions: { NextAttemptDelaySeconds: 5 },
      },
      stored(),
    );

    expect(retried.dueAt).toBe(now + 5_000);
    expect(retried.operation).toMatchObject({
      Status: 'PENDING',
      StepDetails: {
        Attempt: 1,
        Result: '"state"',
        Error: { ErrorMessage: 'busy' },
        NextAttemptTimestamp: '2026-05-01T10:00:05.000Z',
      },
    });
  });

  test('leave the operation that was given unchanged', () => {
    const existing = stored();
    apply({ Action: 'FAIL', Error: { ErrorMessage: 'no' } }, existing);
    expect(existing).toEqual(stored());
  });
});

describe('waits, callbacks, contexts and invokes', () => {
  test('a wait is due after its seconds', () => {
    const wait = apply({ Type: 'WAIT', WaitOptions: { WaitSeconds: 90 } });
    expect(wait.dueAt).toBe(now + 90_000);
    expect(wait.operation.WaitDetails).toEqual({
      ScheduledEndTimestamp: '2026-05-01T10:01:30.000Z',
    });
  });

  test('a callback gets an id and the earlier of its time-outs', () => {
    const CallbackOptions = { TimeoutSeconds: 60, HeartbeatTimeoutSeconds: 10 };
    expect(apply({ Type: 'CALLBACK', CallbackOptions })).toMatchObject({
      operation: { CallbackDetails: { CallbackId: 'callback-1' } },
      dueAt: now + 10_000,
      callback: { id: 'callback-1', deadline: now + 60_000, heartbeatSeconds: 10 },
    });
  });

  test('a callback without time-outs is never due', () => {
    expect(apply({ Type: 'CALLBACK' }).dueAt).toBeNull();
    expect(nextCallbackDue({ deadline: null, heartbeatSeconds: null }, now)).toBeNull();
  });

  test('a context keeps whether its children must be replayed', () => {
    const context = stored({ Type: 'CONTEXT' });
    const change = { Type: 'CONTEXT', Action: 'SUCCEED', Payload: '' } as const;
    expect(
      apply({ ...change, ContextOptions: { ReplayChildren: true } }, context).operation,
    ).toMatchObject({ Status: 'SUCCEEDED', ContextDetails: { ReplayChildren: true } });
  });

  test('an invoke asks for a run', () => {
    const ChainedInvokeOptions = { FunctionName: 'other' };
    const change = { Type: 'CHAINED_INVOKE', ChainedInvokeOptions, Payload: '{"a":1}' } as const;
    expect(apply(change).invoke).toEqual({
      functionName: 'other',
      payload: '{"a":1}',
    });
  });

  test('whatever is cancelled has ended and is due no more', () => {
    const wait = stored({ Type: 'WAIT' });
    expect(apply({ Type: 'WAIT', Action: 'CANCEL' }, wait)).toMatchObject({
      operation: { Status: 'CANCELLED', EndTimestamp: start },
      dueAt: null,
    });
  });
});

describe('updates that cannot follow', () => {
  test.each([
    ['of an ended operation', {}, stored({ Status: 'SUCCEEDED' }), 'has ended'],
    ['of another type', { Type: 'WAIT' as const }, stored(), 'is a STEP, not a WAIT'],
    ['that start a wait twice', { Type: 'WAIT' as const }, stored({ Type: 'WAIT' }), 'already'],
  ])('%s fail the execution', (...[, change, existing, message]) => {
    expect(() => apply(change, existing)).toThrow(message);
    expect(() => apply(change, existing)).toThrow(expect.objectContaining({ scope: 'EXECUTION' }));
  });
});
