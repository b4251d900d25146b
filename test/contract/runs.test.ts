import { createRetryStrategy, JitterStrategy } from '@aws/durable-execution-sdk-js';
import { describe, expect, test, vi } from 'vitest';
import { finalRunStates, type RunDetail } from '../../lib/domain/run.ts';
import type { RunQuery, Runs } from '../../lib/ports/runs.ts';
import { gate, startEngine } from '../scenario/engine/engine-fixture.ts';
import { startAwsRuns, type TestFlow } from '../support/runs/aws-runs.ts';

type OpenRuns = (flows: Record<string, TestFlow>) => Promise<Runs>;

const implementations: [name: string, open: OpenRuns][] = [
  ['embedded engine', async (flows) => startEngine(flows)],
  ['Lambda', async (flows) => (await startAwsRuns(flows)).runs],
];

const cli = { kind: 'cli' } as const;
const schedule = { kind: 'schedule', schedule: 'tidy' } as const;

const once = createRetryStrategy({ maxAttempts: 1 });
const twice = createRetryStrategy({
  maxAttempts: 2,
  initialDelay: { seconds: 1 },
  jitter: JitterStrategy.NONE,
});

/** Waits until the run has come to a state, or has just ended, and lists know it. */
async function until(
  runs: Runs,
  runId: string,
  wanted: (run: RunDetail) => boolean,
): Promise<RunDetail> {
  return vi.waitUntil(
    async () => {
      const run = await runs.get(runId);
      const isListed = (await runs.getSummary(runId))?.endedAt === run?.endedAt;
      return run !== undefined && isListed && wanted(run) ? run : undefined;
    },
    { timeout: 8_000, interval: 10 },
  );
}

const ended = async (runs: Runs, runId: string) =>
  until(runs, runId, ({ state }) => finalRunStates.includes(state));

async function idsOf(runs: Runs, query: Partial<RunQuery>): Promise<string[]> {
  return (await runs.list({ limit: 10, ...query })).runs.map(({ id }) => id);
}

/** Starts runs one after the other, each at a time of its own. */
async function startSome(runs: Runs, flow: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { runId } = await runs.start({ flow, name: `${flow}-${index}`, input: {}, cause: cli });
    ids.push(runId);
    const { startedAt } = (await runs.getSummary(runId)) ?? { startedAt: '' };
    await vi.waitUntil(() => new Date().toISOString() > startedAt, { interval: 1 });
  }
  return ids;
}

/** What every implementation of the port has to do. */
describe.each(implementations)('Runs: %s', (_, open) => {
  describe('start', () => {
    test('the same name twice gives the same run', async () => {
      const runs = await open({ echo: async (input) => input });
      const request = { flow: 'echo', name: 'pr-7-abc', input: { b: 1, a: 2 }, cause: cli };
      const first = await runs.start(request);
      expect(first.created).toBe(true);
      expect(await runs.start(request)).toEqual({ runId: first.runId, created: false });
      await ended(runs, first.runId);
      expect(await runs.start(request)).toEqual({ runId: first.runId, created: false });
    });

    test('at the same time gives the same run', async () => {
      const runs = await open({ echo: async (input) => input });
      const request = { flow: 'echo', name: 'pr-7-abc', input: {}, cause: cli };
      const started = await Promise.all([1, 2, 3].map(() => runs.start(request)));
      expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
      expect(await idsOf(runs, {})).toHaveLength(1);
    });

    test.each([
      ['another input under the same name', { input: { a: 2 } }, 'conflict'],
      ['another flow under the same name', { flow: 'other' }, 'conflict'],
      ['an unknown flow', { flow: 'nobody' }, 'not-found'],
      ['a name with other characters', { name: 'pr/7' }, 'invalid'],
      ['a name of 65 characters', { name: 'x'.repeat(65) }, 'invalid'],
      ['an input that is not JSON', { name: 'big', input: { n: 1n } }, 'invalid'],
    ])('%s is refused', async (_title, change, reason) => {
      const runs = await open({ echo: async (input) => input, other: async () => null });
      const request = { flow: 'echo', name: 'pr-7', input: { a: 1 }, cause: cli };
      await runs.start(request);
      await expect(runs.start({ ...request, ...change })).rejects.toMatchObject({ reason });
    });

    test('is found by name, with what it works on', async () => {
      const runs = await open({ echo: async (input) => input });
      const input = { component: 'lib', repository: 'acme/shop' };
      const { runId } = await runs.start({ flow: 'echo', name: 'a', input, cause: schedule });
      expect(await runs.findByName('a')).toMatchObject({
        id: runId,
        flow: 'echo',
        name: 'a',
        cause: schedule,
        subject: 'lib of acme/shop',
      });
      expect(await runs.findByName('b')).toBeUndefined();
    });
  });

  describe('get', () => {
    test('tells input, result and tasks of a run that has ended', async () => {
      const runs = await open({
        sum: async ({ numbers }, context) => {
          const parts = await context.parallel('halves', [
            { name: 'left', func: async (child) => child.step('add', async () => 3) },
            { name: 'right', func: async (child) => child.step('add', async () => 7) },
          ]);
          return { report: 'reports/1', parts: parts.getResults(), numbers };
        },
      });
      const input = { numbers: [1, 2, 3, 4] };
      const { runId } = await runs.start({ flow: 'sum', name: 'sum', input, cause: cli });
      const run = await ended(runs, runId);
      expect(run).toMatchObject({
        id: runId,
        state: 'succeeded',
        input,
        result: { report: 'reports/1', parts: [3, 7], numbers: [1, 2, 3, 4] },
        error: null,
        errorType: null,
        hasReport: true,
        endedAt: expect.stringMatching(/Z$/),
      });
      const told = run.tasks.map(({ attempts, kind, name, state }) => [
        name,
        kind,
        state,
        attempts,
      ]);
      expect(told).toEqual([
        ['halves', 'context', 'succeeded', 0],
        ['left', 'context', 'succeeded', 0],
        ['right', 'context', 'succeeded', 0],
        ['add', 'step', 'succeeded', 1],
        ['add', 'step', 'succeeded', 1],
      ]);
      const nameOf = (id: string | null) => run.tasks.find((task) => task.id === id)?.name;
      expect(run.tasks.map(({ parentId }) => nameOf(parentId))).toEqual([
        undefined,
        'halves',
        'halves',
        'left',
        'right',
      ]);
    });

    test('tells with what a run has failed, and after how many attempts', async () => {
      const runs = await open({
        fail: async (_input, context) =>
          context.step('ask', async () => Promise.reject(new TypeError('no answer')), {
            retryStrategy: twice,
          }),
      });
      const { runId } = await runs.start({ flow: 'fail', name: 'f', input: {}, cause: cli });
      const run = await ended(runs, runId);
      expect(run).toMatchObject({ state: 'failed', result: null, hasReport: false });
      expect(run.error?.message).toContain('no answer');
      expect(run.errorType).toBe(run.error?.type);
      expect(run.tasks).toMatchObject([
        {
          name: 'ask',
          state: 'failed',
          attempts: 2,
          error: { type: 'TypeError', message: 'no answer' },
        },
      ]);
    });

    test('tells that a run waits, and for what', async () => {
      const runs = await open({
        wait: async (_input, context) => {
          await context.step('before', async () => 1);
          await context.wait('pause', { hours: 1 });
        },
      });
      const { runId } = await runs.start({ flow: 'wait', name: 'w', input: {}, cause: cli });
      const run = await until(runs, runId, ({ state }) => state === 'waiting');
      expect(run.endedAt).toBeNull();
      expect(run.tasks.map(({ name, state }) => [name, state])).toEqual([
        ['before', 'succeeded'],
        ['pause', 'waiting'],
      ]);
    });

    test('tells that a step is at work', async () => {
      const working = gate();
      const runs = await open({
        work: async (_input, context) => context.step('work', async () => working.passed),
      });
      const { runId } = await runs.start({ flow: 'work', name: 'w', input: {}, cause: cli });
      const run = await until(runs, runId, ({ tasks }) => tasks.length > 0);
      expect(run).toMatchObject({ state: 'running', tasks: [{ state: 'running', attempts: 1 }] });
      working.open();
      await ended(runs, runId);
    });

    test.each(['nobody', 'no such/run', ''])('knows no run "%s"', async (runId) => {
      const runs = await open({ echo: async (input) => input });
      expect(await runs.get(runId)).toBeUndefined();
      expect(await runs.getSummary(runId)).toBeUndefined();
      expect(await runs.logs(runId)).toEqual([]);
    });
  });

  describe('list', () => {
    test('is newest first, by pages that new runs do not shift', async () => {
      const runs = await open({ echo: async (input) => input });
      const ids = (await startSome(runs, 'echo', 5)).toReversed();
      const first = await runs.list({ limit: 2 });
      await runs.start({ flow: 'echo', name: 'later', input: {}, cause: cli });
      const second = await runs.list({ limit: 2, cursor: first.next ?? '' });
      const third = await runs.list({ limit: 2, cursor: second.next ?? '' });
      const listed = [first, second, third].flatMap((page) => page.runs.map(({ id }) => id));
      expect(listed).toEqual(ids);
      expect(third.next).toBeNull();
    });

    test('refuses a cursor that no page gave', async () => {
      const runs = await open({ echo: async (input) => input });
      const asked = runs.list({ limit: 2, cursor: 'x y' });
      await expect(asked).rejects.toMatchObject({ reason: 'invalid' });
    });

    test('narrows to a flow and a state', async () => {
      const runs = await open({
        echo: async (input) => input,
        wait: async (_input, context) => context.wait('pause', { hours: 1 }),
      });
      const [echo = ''] = await startSome(runs, 'echo', 1);
      const [wait = ''] = await startSome(runs, 'wait', 1);
      await ended(runs, echo);
      const parked = await until(runs, wait, ({ state }) => state === 'waiting');
      const { state } = (await runs.getSummary(parked.id)) ?? parked;

      expect(await idsOf(runs, {})).toEqual([wait, echo]);
      expect(await idsOf(runs, { flow: 'echo' })).toEqual([echo]);
      expect(await idsOf(runs, { state: 'succeeded' })).toEqual([echo]);
      expect(await idsOf(runs, { state })).toEqual([wait]);
      expect(await idsOf(runs, { flow: 'wait', state })).toEqual([wait]);
      expect(await idsOf(runs, { flow: 'echo', state })).toEqual([]);
      expect(await idsOf(runs, { flow: 'wait', state: 'succeeded' })).toEqual([]);
    });

    test('leaves out the routine, and what needs no attention', async () => {
      const runs = await open({
        tidy: async (input) => input,
        fail: async (_input, context) =>
          context.step('no', async () => Promise.reject(new Error('no')), { retryStrategy: once }),
        wait: async (_input, context) => context.wait('pause', { hours: 1 }),
      });
      const start = async (flow: string, name: string, cause: typeof cli | typeof schedule) =>
        (await runs.start({ flow, name, input: {}, cause })).runId;
      const routine = await start('tidy', 'a', schedule);
      const byHand = await start('tidy', 'b', cli);
      const failed = await start('fail', 'c', schedule);
      await Promise.all([routine, byHand, failed].map((id) => ended(runs, id)));
      const parked = await start('wait', 'd', schedule);
      const stopped = await start('wait', 'e', cli);
      const hung = await start('wait', 'f', cli);
      await runs.stop(stopped, 'No more wanted');
      await runs.stop(hung, 'No progress', { errorType: 'Hanging' });
      await Promise.all([stopped, hung].map((id) => ended(runs, id)));

      const select = async (query: Partial<RunQuery>) => new Set(await idsOf(runs, query));
      expect(await select({ select: 'all' })).toEqual(
        new Set([routine, byHand, failed, parked, stopped, hung]),
      );
      expect(await select({ select: 'without-routine' })).toEqual(
        new Set([byHand, failed, parked, stopped, hung]),
      );
      expect(await select({ select: 'without-routine', flow: 'tidy' })).toEqual(new Set([byHand]));
      expect(await select({ select: 'attention' })).toEqual(new Set([failed, hung]));
      expect(await select({ state: 'failed' })).toEqual(new Set([failed]));
      expect(await select({ state: 'stopped' })).toEqual(new Set([stopped, hung]));
      expect(await select({ state: 'stopped', select: 'attention' })).toEqual(new Set([hung]));
      expect(await select({ state: 'succeeded', flow: 'tidy' })).toEqual(
        new Set([routine, byHand]),
      );
    });
  });

  describe('stop', () => {
    test('ends a run at once, and tells why', async () => {
      const runs = await open({
        wait: async (_input, context) => context.wait('pause', { hours: 1 }),
      });
      const { runId } = await runs.start({ flow: 'wait', name: 'w', input: {}, cause: cli });
      await until(runs, runId, ({ state }) => state === 'waiting');
      await runs.stop(runId, 'No more wanted');
      expect(await runs.get(runId)).toMatchObject({
        state: 'stopped',
        errorType: 'Stopped',
        error: { type: 'Stopped', message: 'No more wanted' },
        tasks: [{ name: 'pause', state: 'stopped' }],
      });
      expect(await idsOf(runs, { state: 'stopped' })).toEqual([runId]);
    });

    test('leaves a run that has ended as it is', async () => {
      const runs = await open({ echo: async (input) => input });
      const { runId } = await runs.start({ flow: 'echo', name: 'e', input: {}, cause: cli });
      const before = await ended(runs, runId);
      await runs.stop(runId, 'Too late');
      expect(await runs.get(runId)).toEqual(before);
    });

    test('refuses a run that does not exist', async () => {
      const runs = await open({ echo: async (input) => input });
      await expect(runs.stop('nobody', 'x')).rejects.toMatchObject({ reason: 'not-found' });
      await expect(runs.retry('nobody')).rejects.toMatchObject({ reason: 'not-found' });
    });
  });

  describe('retry', () => {
    test('starts another run with the same input; asked twice by name, one', async () => {
      const runs = await open({ echo: async (input) => input });
      const input = { a: 'ä', list: [1, { b: null }] };
      const { runId } = await runs.start({ flow: 'echo', name: 'e', input, cause: schedule });
      await ended(runs, runId);
      const again = await runs.retry(runId, { name: 'again' });
      expect(await runs.retry(runId, { name: 'again' })).toEqual(again);
      expect((await runs.retry(runId)).runId).not.toBe(again.runId);
      expect(await ended(runs, again.runId)).toMatchObject({
        input,
        result: input,
        cause: { kind: 'run', runId },
      });
    });

    test('refuses a run that goes on', async () => {
      const runs = await open({
        wait: async (_input, context) => context.wait('pause', { hours: 1 }),
      });
      const { runId } = await runs.start({ flow: 'wait', name: 'w', input: {}, cause: cli });
      await expect(runs.retry(runId)).rejects.toMatchObject({ reason: 'conflict' });
    });
  });
});
