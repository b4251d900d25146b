import { beforeEach, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { codeChangedError, type RunDetail } from '../../../../lib/domain/run.ts';
import { createLogger, setLogSink } from '../../../../lib/runtime/logging.ts';
import { askedRun, buildAnswers } from '../../../builders/answer-services.ts';

beforeEach(() => setLogSink(() => {}));

const log = createLogger();
const down = new UpstreamError('Linear is down', { service: 'linear', retryable: true });
const refused = new UpstreamError('No such field', { service: 'linear', retryable: false });
const unauthorised = new UpstreamError('The key is not valid', {
  service: 'linear',
  status: 401,
  retryable: false,
});
const dayMs = 86_400_000;

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

  test('never fails', async () => {
    const { answers, failWith, pass } = await begin();
    pass(15_000);
    failWith(down);
    await expect(answers.progress(askedRun, 'report', log)).resolves.toBeUndefined();
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

  async function finish(failure: Error) {
    const world = await begin();
    const [place] = world.answers.placesOf(askedRun);
    if (place === undefined) throw new Error('The run answers nowhere');
    world.failWith(failure);
    return world.answers.finish({ run: askedRun, place, outcome: failed }, log);
  }

  test.each([down, unauthorised])('is tried again: $message', async (failure) => {
    await expect(finish(failure)).rejects.toBe(failure);
  });

  test('is given up where it can never be shown', async () => {
    expect(await finish(refused)).toEqual({
      place: 'ENG-7',
      state: 'given-up',
      why: 'No such field',
    });
  });

  test('stays owed once the run has used up its requests, and is shown afterwards', async () => {
    const { answers, asked, failWith, setRun } = await begin();
    const [place] = answers.placesOf(askedRun);
    if (place === undefined) throw new Error('The run answers nowhere');
    const end = { run: askedRun, place, outcome: failed };
    failWith(down);
    for (let attempt = 0; attempt < 15; attempt += 1) {
      await expect(answers.finish(end, log)).rejects.toThrow(UpstreamError);
    }
    expect(asked()).toBe(12);
    failWith(undefined);
    await expect(answers.finish(end, log)).rejects.toThrow('Not allowed');

    setRun({ state: 'failed' });
    const [owed] = await answers.listOwed();
    await answers.settle(owed?.id ?? '');
    expect(asked()).toBe(14);
  });

  test('of a report that is gone is given up', async () => {
    const world = await begin();
    const outcome = { kind: 'report', report: 'reports/gone.json' } as const;
    const [place] = world.answers.placesOf(askedRun);
    if (place === undefined) throw new Error('The run answers nowhere');
    expect(await world.answers.finish({ run: askedRun, place, outcome }, log)).toMatchObject({
      state: 'given-up',
      why: 'The report is gone',
    });
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
      { changes: [{ kind: 'create-comment', body: expect.stringContaining('Stopped by hand') }] },
    ]);
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

  test('is given up after three days', async () => {
    const { answers, failWith, pass, settle } = await beginAndStop();
    failWith(down);
    pass(3 * dayMs + 1);
    await settle();
    expect(await answers.listOwed()).toEqual([]);
  });
});
