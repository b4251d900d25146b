import { EventType } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../../../infra/local/engine/engine.ts';
import type { RunDetail } from '../../../../lib/domain/run.ts';
import { executionHistory } from '../../../support/aws/services/lambda/execution-history.ts';

const at = '2026-05-01T10:00:00.000Z';

const run: RunDetail = {
  id: 'r',
  flow: 'f',
  name: 'n',
  state: 'failed',
  startedAt: at,
  endedAt: at,
  cause: { kind: 'cli' },
  subject: '',
  hasReport: false,
  errorType: 'Oops',
  input: { text: 'hello' },
  result: null,
  error: { type: 'Oops', message: 'no' },
  tasks: [],
};

function history(event: Partial<RunEvent>, includeData = true) {
  const events = [{ seq: 1, at, type: '', taskId: null, task: null, detail: {}, ...event }];
  const options = { executionTimeoutSeconds: 60, includeData };
  return executionHistory(run, events, options)[0];
}

test.each(Object.values(EventType))('gives %s with details of its own', (type) => {
  expect(history({ type })).toMatchObject({
    EventType: type,
    EventId: 1,
    EventTimestamp: new Date(at),
    [`${type}Details`]: expect.any(Object),
  });
});

test('tells of a failed attempt when the next one comes', () => {
  const detail = {
    attempt: 1,
    nextAttemptAt: '2026-05-01T10:00:05.000Z',
    error: { type: 'Oops', message: 'no' },
    parentId: 'context',
  };

  expect(history({ type: 'StepRetryScheduled', taskId: 's', task: 'get', detail })).toMatchObject({
    EventType: 'StepFailed',
    Id: 's',
    Name: 'get',
    ParentId: 'context',
    StepFailedDetails: {
      Error: { Payload: { ErrorType: 'Oops', ErrorMessage: 'no' } },
      RetryDetails: { CurrentAttempt: 1, NextAttemptDelaySeconds: 5 },
    },
  });
});

test('keeps to itself what only the engine knows', () => {
  expect(history({ type: 'StepReady' })).toBeUndefined();
});

test('tells input and errors only to whom wants them', () => {
  const failed = { type: 'ExecutionFailed', detail: { type: 'Oops', message: 'no' } };

  expect(history({ type: 'ExecutionStarted' })?.ExecutionStartedDetails).toEqual({
    Input: { Payload: '{"text":"hello"}' },
    ExecutionTimeout: 60,
  });
  expect(history({ type: 'ExecutionStarted' }, false)?.ExecutionStartedDetails?.Input).toEqual({});
  expect(history(failed)?.ExecutionFailedDetails?.Error).toEqual({
    Payload: { ErrorType: 'Oops', ErrorMessage: 'no' },
  });
  expect(history(failed, false)?.ExecutionFailedDetails?.Error).toEqual({});
});

test('says from when to when an invocation took', () => {
  const detail = { requestId: 'q', milliseconds: 250 };

  expect(history({ type: 'InvocationCompleted', detail })?.InvocationCompletedDetails).toEqual({
    StartTimestamp: new Date(Date.parse(at) - 250),
    EndTimestamp: new Date(at),
    RequestId: 'q',
  });
});
