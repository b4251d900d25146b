import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ConfigError, RequestRejectedError, UpstreamError } from '../../../lib/domain/errors.ts';
import { createJobThread, type JobThreadOptions } from '../../../lib/runtime/job-thread.ts';
import type { Logger } from '../../../lib/runtime/logging.ts';
import { folderWith } from '../../support/temporary-folder.ts';

const project = new URL('../../../', import.meta.url).href;

/** A thread whose module serves these jobs, written as the members of an object. */
function threadServing(jobs: string, options?: JobThreadOptions) {
  const module = `
    import { threadId } from 'node:worker_threads';
    import * as errors from '${project}lib/domain/errors.ts';
    import { serveJobs } from '${project}lib/runtime/serve-jobs.ts';
    serveJobs({ ${jobs} });`;
  return threadOf(module, options);
}

function threadOf(module: string, options?: JobThreadOptions) {
  const file = join(folderWith({ 'thread.mjs': module }), 'thread.mjs');
  return createJobThread(pathToFileURL(file), options);
}

const nothing = () => {};
const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const thrownBy = async (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe('a job thread', () => {
  test('does a job while this thread goes on', async () => {
    const wait = threadServing('wait: async (flag) => Atomics.wait(flag, 0, 0, 20_000)')<
      Int32Array,
      string
    >('wait');
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const waiting = wait(flag, silent);
    await new Promise((resolve) => setTimeout(resolve, 1));
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
    expect(['ok', 'not-equal']).toContain(await waiting);
  });

  test('logs in order, before the end of the job, in the context of the one who has asked', async () => {
    const count = threadServing(`count: async (to, log) => {
      for (let at = 1; at <= to; at += 1) log.warn('At', { at });
      return to;
    }`)<number, number>('count');
    const task = new AsyncLocalStorage<string>();
    const logged: unknown[] = [];
    const warn: Logger['warn'] = (message, fields) =>
      logged.push([task.getStore(), message, fields]);

    const [three] = await Promise.all([
      task.run('first', async () => count(3, { ...silent, warn })),
      task.run('second', async () => count(3, silent)),
    ]);
    expect(three).toBe(3);
    expect(logged).toEqual([1, 2, 3].map((at) => ['first', 'At', { at }]));
  });

  test.each([
    [
      'RequestRejectedError',
      `('not-found', 'gone')`,
      new RequestRejectedError('not-found', 'gone'),
    ],
    ['ConfigError', `(['port: wrong'])`, new ConfigError(['port: wrong'])],
    [
      'UpstreamError',
      `('no', { service: 'disk', status: 507, retryable: false })`,
      new UpstreamError('no', { service: 'disk', status: 507, retryable: false }),
    ],
  ])('throws the %s of a job as what it is', async (name, args, expected) => {
    const fail = threadServing(`fail: async () => { throw new errors.${name}${args}; }`)('fail');
    const error = await thrownBy(fail({}, silent));
    expect(error).toBeInstanceOf(expected.constructor);
    expect(error).toEqual(expected);
  });

  test('throws any other error of a job with name and stack', async () => {
    const fail = threadServing('fail: async () => null.x')('fail');
    const error = await thrownBy(fail({}, silent));
    expect(error).toMatchObject({
      name: 'TypeError',
      stack: expect.stringContaining('thread.mjs'),
    });
    expect(await thrownBy(threadServing('')('none')({}, silent))).toMatchObject({
      message: 'This thread knows no job "none"',
    });
  });

  test.each([
    ['does not start', 'syntax error here'],
    [
      'dies',
      `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => process.exit(3));`,
    ],
  ])('that %s fails its jobs retryably', async (_, module) => {
    const job = threadOf(module)('any');
    const errors = await Promise.all([thrownBy(job({}, silent)), thrownBy(job({}, silent))]);
    for (const error of [...errors, await thrownBy(job({}, silent))]) {
      expect(error).toBeInstanceOf(UpstreamError);
      expect(error).toMatchObject({ retryable: true });
    }
  });

  test('that has died is followed by another', async () => {
    const jobs = threadServing('live: async () => threadId, die: async () => process.exit(3)');
    const live = jobs<object, number>('live');
    const first = await live({}, silent);
    expect(await live({}, silent)).toBe(first);
    expect(await thrownBy(jobs('die')({}, silent))).toBeInstanceOf(UpstreamError);
    expect(await live({}, silent)).not.toBe(first);
  });

  test('that idles ends, and the next job finds another', async () => {
    const idOf = threadServing('id: async () => threadId', { idleFor: 1 })<object, number>('id');
    const first = await idOf({}, silent);
    await expect.poll(() => idOf({}, silent), { timeout: 20_000 }).not.toBe(first);
  });

  test('that is caught in a loop is ended: the job fails for good, the others are done', async () => {
    const { pass } = timersUnderControl();
    const jobs = threadServing('spin: async () => { for (;;); }, id: async () => threadId');
    const idOf = jobs<object, number>('id');
    const first = await idOf({}, silent);
    const spinning = thrownBy(jobs('spin')({}, silent));
    pass({ minutes: 1 });
    const others = [idOf({}, silent), idOf({}, silent)];
    pass({ minutes: 9 });
    const [second, third] = await Promise.all(others);
    expect(second).not.toBe(first);
    expect(third).toBe(second);

    pass({ minutes: 10 });
    const error = await spinning;
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({
      retryable: false,
      message: 'The job did not end within 600 s, on a thread of its own',
    });
  });

  test('does what took too long only because another job was caught in a loop', async () => {
    const { pass } = timersUnderControl();
    const jobs = threadServing(`
      spin: async () => { for (;;); },
      slow: () => new Promise((resolve) => setTimeout(resolve, 5, 'done'))`);
    const slow = jobs('slow')({}, silent);
    const spinning = thrownBy(jobs('spin')({}, silent));
    pass({ minutes: 10 });
    expect(await slow).toBe('done');
    pass({ minutes: 10 });
    pass({ minutes: 10 });
    expect(await spinning).toMatchObject({ retryable: false });
  });

  test('outlives the time limits of jobs that have ended', async () => {
    const { pass } = timersUnderControl();
    const jobs = threadServing('id: async () => threadId', { idleFor: 3_600_000 });
    const idOf = jobs<object, number>('id');
    const first = await idOf({}, silent);
    pass({ minutes: 11 });
    expect(await idOf({}, silent)).toBe(first);
  });
});

/** Timers of this thread go by what the test lets pass. */
function timersUnderControl() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return {
    pass: ({ minutes }: { minutes: number }) => vi.advanceTimersByTime(minutes * 60_000),
  };
}
