import { describe, expect, test } from 'vitest';
import { ConfigError, RequestRejectedError, UpstreamError } from '../../../../lib/domain/errors.ts';
import { hangingError } from '../../../../lib/domain/reconcile/hanging-run.ts';
import {
  isWorthRetrying,
  listRetryCandidates,
  mayBeWorthRetrying,
  retryName,
} from '../../../../lib/domain/reconcile/retryable-run.ts';
import { lostError, type RunDetail, type RunSummary } from '../../../../lib/domain/run.ts';
import { runDetail, task } from '../../../builders/run-details.ts';
import { runSummary } from '../../../builders/runs.ts';

function failed(overrides: Partial<RunSummary>): RunSummary {
  return runSummary({ state: 'failed', ...overrides });
}

function ids(runs: RunSummary[]): string[] {
  return listRetryCandidates(runs, ['system-health']).map(({ id }) => id);
}

describe('listRetryCandidates', () => {
  test('takes what has ended without success', () => {
    const runs = (['failed', 'timed_out', 'stopped', 'succeeded'] as const).map((state) =>
      runSummary({ id: state, state }),
    );
    const running = runSummary({ id: 'running', state: 'running', endedAt: null });
    expect(ids([...runs, running])).toEqual(['failed', 'timed_out', 'stopped']);
  });

  test('leaves out what was started again already, by whomever', () => {
    const again = runSummary({ id: 'second', cause: { kind: 'run', runId: 'first' } });
    expect(ids([again, failed({ id: 'first' }), failed({ id: 'other' })])).toEqual(['other']);
  });

  test('never retries a retry', () => {
    expect(ids([failed({ id: 'second', cause: { kind: 'run', runId: 'first' } })])).toEqual([]);
  });

  test('leaves out scheduled flows: they come again by themselves', () => {
    expect(ids([failed({ flow: 'system-health' })])).toEqual([]);
  });
});

test.each<[Partial<RunSummary>, boolean]>([
  [{ state: 'timed_out', errorType: null }, true],
  [{ state: 'stopped', errorType: hangingError }, true],
  [{ state: 'stopped', errorType: 'Stopped' }, false],
  [{ state: 'failed', errorType: 'UpstreamError' }, true],
  [{ state: 'failed', errorType: lostError }, true],
  [{ state: 'failed', errorType: 'StepError' }, true],
  [{ state: 'failed', errorType: 'ConfigError' }, false],
  [{ state: 'failed', errorType: null }, false],
  [{ state: 'succeeded', errorType: null }, false],
])('what lists tell, %o, may be worth a retry: %s', (told, expected) => {
  expect(mayBeWorthRetrying(runSummary(told))).toBe(expected);
});

/** As a run keeps what one of its tasks has thrown. */
function failedByTask(error: Error): RunDetail {
  const { message, name } = error;
  return runDetail({
    state: 'failed',
    error: { type: 'StepError', message },
    tasks: [task(), task({ state: 'failed', error: { type: name, message } })],
  });
}

/** As a run keeps what its flow has thrown outside a task. */
function failedByFlow({ message, name }: Error): RunDetail {
  return runDetail({ state: 'failed', error: { type: name, message } });
}

function stopped(type: string): RunDetail {
  return runDetail({ state: 'stopped', error: { type, message: 'no' } });
}

const upstream = (retryable: boolean) => new UpstreamError('no', { service: 'test', retryable });

describe('isWorthRetrying', () => {
  test.each<[string, Error, boolean]>([
    ['a passing failure of another service', upstream(true), true],
    ["another service's final answer", upstream(false), false],
    ['a rejected request', new RequestRejectedError('invalid', 'no'), false],
    ['a wrong configuration', new ConfigError(['no']), false],
    ['a mistake in the program', new TypeError('no'), false],
  ])('%s: %s → %s', (_, error, expected) => {
    expect(isWorthRetrying(failedByTask(error))).toBe(expected);
    expect(isWorthRetrying(failedByFlow(error))).toBe(expected);
  });

  test('goes by the failure that ended the run, not by one that its flow got over', () => {
    const run = failedByTask(new TypeError('no such thing'));
    const earlier = task({ state: 'failed', error: { type: 'UpstreamError', message: 'busy' } });
    expect(isWorthRetrying({ ...run, tasks: [earlier, ...run.tasks] })).toBe(false);
  });

  test('retries what took too long', () => {
    const error = { type: 'ExecutionTimedOut', message: 'The run took too long' };
    expect(isWorthRetrying(runDetail({ state: 'timed_out', error }))).toBe(true);
  });

  test('retries what was lost before it began', () => {
    const error = { type: lostError, message: 'Lambda has accepted this run and not begun it.' };
    expect(isWorthRetrying(runDetail({ state: 'failed', error }))).toBe(true);
  });

  test('retries what was stopped because it hung, not what a person has stopped', () => {
    expect(isWorthRetrying(stopped(hangingError))).toBe(true);
    expect(isWorthRetrying(stopped('Stopped'))).toBe(false);
  });

  test('does not retry what has succeeded', () => {
    expect(isWorthRetrying(runDetail())).toBe(false);
  });
});

test('the name of a retry is valid for a run and the same for every attempt', () => {
  const id = crypto.randomUUID();
  expect(retryName(id)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  expect(retryName(id)).toBe(retryName(id));
  expect(retryName(id)).not.toBe(retryName(crypto.randomUUID()));
});
