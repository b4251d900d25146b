import { beforeEach, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { codeChangedError, type RunDetail } from '../../../../lib/domain/run.ts';
import { createLogger, setLogSink } from '../../../../lib/runtime/logging.ts';
import { askedRun, buildAnswers, endOfAskedRun } from '../../../builders/answer-services.ts';
import { states } from '../../../builders/tracked-issues.ts';

beforeEach(() => setLogSink(() => {}));

const log = createLogger();
const down = new UpstreamError('Linear is down', { service: 'linear', retryable: true });
const refused = new UpstreamError('No such field', { service: 'linear', retryable: false });
const unauthorised = new UpstreamError('The key is not valid', {
  service: 'linear',
  status: 401,
  retryable: false,
});
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const stopped: Partial<RunDetail> = {
  state: 'stopped',
  endedAt: '2026-11-22T10:00:00.000Z',
  error: { type: 'Stopped', message: 'Stopped by hand' },
};

/** A run that has begun while its issue could be reached. */
async function begin() {
  const world = buildAnswers({ state: 'running', endedAt: null });
  await world.answers.begin(askedRun, log);
  return world;
}

/** One that was stopped later, and that owes an answer. */
async function beginAndStop() {
  const world = await begin();
  world.setRun(stopped);
  const [owed] = await world.answers.listOwed();
  const settle = () => world.answers.settle(owed?.id ?? 'nothing is owed');
  return { ...world, settle };
}

describe('the beginning', () => {
  test.each([down, refused])('never fails: $message', async (failure) => {
    const { answers, failWith } = buildAnswers({ state: 'running' });
    failWith(failure);
    expect(await answers.begin(askedRun, log)).toEqual([
      { place: 'ENG-7', state: 'owed', why: failure.message },
    ]);
  });

  test('makes way for answers when requests run out', async () => {
    const { calls } = await begin();
    expect(calls.map(({ call }) => call.urgency)).toEqual(['progress']);
    const { allowance } = calls[0]?.call ?? {};
    const taken = Array.from({ length: 12 }, () => allowance?.take());
    // Two were taken, four are kept for the end.
    expect(taken.filter(Boolean)).toHaveLength(6);
  });
});

describe('the progress', () => {
  test('is shown with one call, and not oftener than every 15 seconds', async () => {
    const { answers, asked, calls, pass } = await begin();
    const before = asked();
    pass(14_000);
    await answers.progress(askedRun, 'analyse code quality', log);
    expect(asked()).toBe(before);
    pass(1_000);
    await answers.progress(askedRun, 'analyse architecture', log);
    await answers.progress(askedRun, 'report', log);
    expect(asked()).toBe(before + 1);
    expect(calls.at(-1)).toMatchObject({
      changes: [{ kind: 'update-comment', body: expect.stringContaining('analyse architecture') }],
      call: { urgency: 'progress' },
    });
  });

  test('never fails, and is not tried again after it could not be shown', async () => {
    const { answers, asked, failWith, pass } = await begin();
    pass(15_000);
    failWith(down);
    await expect(answers.progress(askedRun, 'report', log)).resolves.toBeUndefined();
    failWith(undefined);
    const before = asked();
    pass(15_000);
    await answers.progress(askedRun, 'report', log);
    expect(asked()).toBe(before);
  });

  test('is not shown where the beginning was not', async () => {
    const { answers, asked, failWith } = buildAnswers({ state: 'running' });
    failWith(down);
    await answers.begin(askedRun, log);
    failWith(undefined);
    const before = asked();
    await answers.progress(askedRun, 'report', log);
    expect(asked()).toBe(before);
  });

  test('of a run that a newer one has superseded is not shown', async () => {
    const { answers, asked, pass, setRun } = await begin();
    setRun({ id: 'run-2', state: 'running', startedAt: '2026-11-22T11:00:00.000Z' });
    await answers.begin({ ...askedRun, id: 'run-2' }, log);
    const before = asked();
    pass(15_000);
    await answers.progress(askedRun, 'report', log);
    expect(asked()).toBe(before);
  });
});

describe('the end', () => {
  const failed = { kind: 'failed', reason: 'No files' } as const;
  const report = { kind: 'report', report: 'reports/run-1.json' } as const;

  test.each([down, unauthorised, refused])('stays owed: $message', async (failure) => {
    const { answers, failWith, setRun } = await begin();
    failWith(failure);
    await expect(answers.finish(endOfAskedRun(failed), log)).rejects.toBe(failure);
    setRun({ state: 'succeeded' });
    expect(await answers.listOwed()).toHaveLength(1);
  });

  test('stays owed once the run has used up its requests, and is shown afterwards', async () => {
    const { answers, asked, failWith, setRun } = await begin();
    const end = endOfAskedRun(failed);
    failWith(down);
    for (let attempt = 0; attempt < 15; attempt += 1) {
      await expect(answers.finish(end, log)).rejects.toThrow(UpstreamError);
    }
    expect(asked()).toBe(12);
    failWith(undefined);
    await expect(answers.finish(end, log)).rejects.toThrow('autonomous-cicd writes the answer');

    setRun({ state: 'failed' });
    const [owed] = await answers.listOwed();
    await answers.settle(owed?.id ?? '');
    expect(asked()).toBe(14);
  });

  test('waits for credentials, and is shown as soon as they are set', async () => {
    const { answers, asked, issue, setConfigured, setRun } = buildAnswers({ state: 'running' });
    setConfigured(false);
    const owed = { place: 'ENG-7', state: 'owed', why: 'no credentials of Linear are set' };
    expect(await answers.begin(askedRun, log)).toEqual([owed]);
    expect(await answers.finish(endOfAskedRun(failed), log)).toEqual(owed);
    setRun({ state: 'failed' });
    expect(await answers.listOwed()).toEqual([]);
    expect(asked()).toBe(0);

    setConfigured(true);
    const [found] = await answers.listOwed();
    await answers.settle(found?.id ?? 'nothing is owed');
    expect(issue().comments).toMatchObject([{ body: expect.stringContaining('No files') }]);
  });

  test('is shown although a part of it is refused, which is told', async () => {
    const { answers, issue, refuse, setReport, setRun } = await begin();
    setReport({ comment: '3 findings' });
    refuse({ attach: refused });
    expect(await answers.finish(endOfAskedRun(report), log)).toEqual({
      place: 'ENG-7',
      state: 'shown',
      why: refused.message,
    });
    expect(issue()).toMatchObject({ state: states.todo, comments: [{ body: '3 findings' }] });
    setRun({ state: 'succeeded' });
    expect(await answers.listOwed()).toEqual([]);
  });

  test('moves the issue on also where it could not be moved at the beginning', async () => {
    const world = buildAnswers({ state: 'running' }, { states: { done: 'In Review' } });
    world.refuse({ move: refused });
    await world.answers.begin(askedRun, log);
    expect(world.issue().state).toEqual(states.todo);
    world.refuse({});
    world.setReport({});
    await world.answers.finish(endOfAskedRun(report), log);
    expect(world.issue().state).toEqual(states.review);
  });

  test('is written anew where the comment is that of other credentials', async () => {
    const { answers, issue, refuse } = await begin();
    const foreign = new UpstreamError('Not yours', {
      service: 'linear',
      status: 403,
      retryable: false,
    });
    refuse({ 'update-comment': foreign });
    const end = endOfAskedRun(failed);
    expect(await answers.finish(end, log)).toMatchObject({ state: 'shown' });
    const [old, own] = issue().comments;
    expect(issue().comments).toHaveLength(2);
    expect(own?.body).toContain('No files');
    expect(own?.id).not.toBe(old?.id);
    expect(issue().state).toEqual(states.todo);
  });

  test('stays owed where the comment is refused for another reason', async () => {
    const { answers, issue, refuse } = await begin();
    refuse({ 'update-comment': refused });
    await expect(answers.finish(endOfAskedRun(failed), log)).rejects.toBe(refused);
    expect(issue().comments).toHaveLength(1);
  });

  test('of a report that is gone stays owed', async () => {
    const { answers } = await begin();
    await expect(answers.finish(endOfAskedRun(report), log)).rejects.toThrow('The report is gone');
  });
});

describe('what is owed', () => {
  test.each<[string, Partial<RunDetail> | undefined, number]>([
    ['waits', { state: 'waiting', endedAt: null }, 0],
    ['was stopped', stopped, 1],
    ['timed out', { ...stopped, state: 'timed_out' }, 1],
    ['is not kept any more', undefined, 1],
    [
      'has just started again after an upgrade',
      { ...stopped, error: { type: codeChangedError, message: 'The code has changed' } },
      0,
    ],
  ])('is looked for by the state of the run: it %s', async (_case, run, owed) => {
    const { answers, setRun } = await begin();
    setRun(run);
    expect(await answers.listOwed()).toHaveLength(owed);
  });

  test('is settled once', async () => {
    const { answers, calls, settle } = await beginAndStop();
    await settle();
    await settle();
    expect(calls.slice(1)).toMatchObject([
      {
        changes: [
          { kind: 'update-comment', body: expect.stringContaining('Stopped by hand') },
          { kind: 'move', stateId: states.todo.id },
        ],
      },
    ]);
    expect(await answers.listOwed()).toEqual([]);
  });

  test('is tried hourly where it was refused, and others do not wait for that', async () => {
    const { answers, asked, failWith, issue, pass, settle } = await beginAndStop();
    failWith(refused);
    await settle();
    const before = asked();
    pass(hourMs - 1);
    expect(await answers.listOwed()).toEqual([]);
    expect(asked()).toBe(before);
    pass(1);
    expect(await answers.listOwed()).toHaveLength(1);
    failWith(undefined);
    await settle();
    expect(issue().comments).toMatchObject([{ body: expect.stringContaining('Stopped by hand') }]);
    expect(await answers.listOwed()).toEqual([]);
  });

  test('stays owed while the place cannot be reached, which is left alone for a minute', async () => {
    const { asked, failWith, pass, settle } = await beginAndStop();
    failWith(down);
    await expect(settle()).rejects.toBe(down);
    const before = asked();
    await expect(settle()).rejects.toBe(down);
    expect(asked()).toBe(before);
    failWith(undefined);
    pass(60_001);
    await expect(settle()).resolves.toBeUndefined();
  });

  test('outlives a service that cannot be reached for longer, but not for ever', async () => {
    const { answers, failWith, pass, settle } = await beginAndStop();
    failWith(down);
    pass(3 * dayMs + 1);
    await expect(settle()).rejects.toBe(down);
    expect(await answers.listOwed()).toHaveLength(1);
    pass(6 * dayMs);
    await settle();
    expect(await answers.listOwed()).toEqual([]);
  });

  test.each([refused, unauthorised])('is given up after three days: $message', async (failure) => {
    const { answers, failWith, pass, settle } = await beginAndStop();
    failWith(failure);
    pass(3 * dayMs + 1);
    await settle();
    expect(await answers.listOwed()).toEqual([]);
  });

  test('is given up after three days without credentials', async () => {
    const { answers, pass, setConfigured, settle } = await beginAndStop();
    setConfigured(false);
    expect(await answers.listOwed()).toEqual([]);
    pass(3 * dayMs + 1);
    expect(await answers.listOwed()).toHaveLength(1);
    await settle();
    expect(await answers.listOwed()).toEqual([]);
  });
});
