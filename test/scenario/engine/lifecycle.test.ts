import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../infra/local/engine/engine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
  durable,
  eventually,
  gate,
  inState,
  runToEnd,
  startEngine,
  startRun,
  type TestFlow,
} from './engine-fixture.ts';

const cli = { kind: 'cli' } as const;
const hour = 60 * 60 * 1000;

describe('starting', () => {
  test('the same name twice gives the same run', async () => {
    const engine = startEngine({ echo: async (input) => input });
    const request = { flow: 'echo', name: 'pr-7-abc', input: { a: 1 }, cause: cli };

    const first = await engine.start(request);
    const second = await engine.start(request);

    expect(first.created).toBe(true);
    expect(second).toEqual({ runId: first.runId, created: false });
  });

  test.each([
    ['another input under the same name', { input: { a: 2 } }, 'conflict'],
    ['an unknown flow', { flow: 'nobody' }, 'not-found'],
    ['a name with other characters', { name: 'pr/7' }, 'invalid'],
    ['a name of 65 characters', { name: 'x'.repeat(65) }, 'invalid'],
    ['an input that is not JSON', { name: 'big', input: { n: 1n } }, 'invalid'],
  ])('%s is refused', async (_title, change, reason) => {
    const engine = startEngine({ echo: async (input) => input });
    const request = { flow: 'echo', name: 'pr-7', input: { a: 1 }, cause: cli };
    await engine.start(request);

    await expect(engine.start({ ...request, ...change })).rejects.toMatchObject({ reason });
  });

  test('a run is pending until its code begins', async () => {
    const engine = startEngine({ echo: async (input) => input });
    const runId = await startRun(engine, 'echo');
    expect((await engine.get(runId))?.state).toBe('pending');
  });
});

describe('listing', () => {
  test('is newest first, by pages that new runs do not shift', async () => {
    const engine = startEngine({ echo: async (input) => input });
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.unshift(await startRun(engine, 'echo'));

    const first = await engine.list({ limit: 2 });
    await startRun(engine, 'echo');
    const second = await engine.list({ limit: 2, cursor: String(first.next) });
    const third = await engine.list({ limit: 2, cursor: String(second.next) });

    const pages = [first, second, third].flatMap((page) => page.runs.map((run) => run.id));
    expect(pages).toEqual(ids);
    expect(third.next).toBeNull();
  });

  test('filters by flow and state', async () => {
    const engine = startEngine({
      good: async () => 'ok',
      bad: async () => {
        throw new Error('no');
      },
    });
    const good = await runToEnd(engine, 'good');
    const bad = await runToEnd(engine, 'bad');

    const idsOf = async (query: object) =>
      (await engine.list({ limit: 10, ...query })).runs.map((run) => run.id);

    expect(await idsOf({ flow: 'good' })).toEqual([good.id]);
    expect(await idsOf({ state: 'failed' })).toEqual([bad.id]);
    expect(await idsOf({ flow: 'good', state: 'failed' })).toEqual([]);
    await expect(engine.list({ limit: 1, cursor: 'x' })).rejects.toMatchObject({
      reason: 'invalid',
    });
  });

  test('finds runs by the beginning of their id', async () => {
    const ids = ['aa11', 'aa22', 'bb33', 'i1', 'i2', 'i3'];
    const engine = startEngine(
      { echo: async (input) => input },
      { newId: () => ids.shift() ?? 'none' },
    );
    await startRun(engine, 'echo');
    await startRun(engine, 'echo');
    await startRun(engine, 'echo');

    expect(engine.findRuns('aa').map((run) => run.id)).toEqual(['aa22', 'aa11']);
    expect(engine.findRuns('cc')).toEqual([]);
  });
});

describe('ending from outside', () => {
  test('a stopped run stays stopped, whatever its code still does', async () => {
    const inside = gate();
    const leave = gate();
    let later = false;
    const engine = startEngine({
      busy: async (_input, context) => {
        await context.step('busy', async () => {
          inside.open();
          await leave.passed;
        });
        await context.step('later', async () => {
          later = true;
        });
        return 'done';
      },
      next: async () => 'next',
    });
    const runId = await startRun(engine, 'busy');
    await inside.passed;
    // The SDK saves the start of a step while the step is running.
    await eventually(async () => (await engine.get(runId))?.tasks[0]);

    await engine.stop(runId, 'changed my mind');
    leave.open();
    await runToEnd(engine, 'next');
    await engine.stop(runId, 'again');

    const run = await engine.get(runId);
    expect(run).toMatchObject({
      state: 'stopped',
      result: null,
      error: { type: 'Stopped', message: 'changed my mind' },
    });
    expect(run?.tasks).toMatchObject([{ name: 'busy', state: 'stopped' }]);
    expect(later).toBe(false);
  });

  test('a run that takes too long times out, waiting or not', async () => {
    const engine = startEngine(
      {
        parked: async (_input, context) => context.wait('long', { hours: 1 }),
        hung: async (_input, context) => context.step('hung', () => gate().passed),
      },
      { executionTimeoutSeconds: 1 },
    );

    const runs = await Promise.all([runToEnd(engine, 'parked'), runToEnd(engine, 'hung')]);

    expect(runs.map((run) => run.state)).toEqual(['timed_out', 'timed_out']);
  });

  test('a wait is given up when its signal is aborted', async () => {
    const engine = startEngine({
      parked: async (_input, context) => context.wait('long', { hours: 1 }),
    });
    const runId = await startRun(engine, 'parked');
    const controller = new AbortController();

    const waiting = engine.waitForRun(runId, { signal: controller.signal });
    controller.abort(new Error('enough'));

    await expect(waiting).rejects.toThrow('enough');
    await expect(engine.waitForRun('nobody')).rejects.toMatchObject({ reason: 'not-found' });
  });
});

describe('retrying', () => {
  test('starts a new run of the same flow and input', async () => {
    const engine = startEngine({ echo: async (input) => input });
    const run = await runToEnd(engine, 'echo', { a: 1 });

    const { runId } = await engine.retry(run.id);
    const again = await engine.waitForRun(runId);

    expect(again.id).not.toBe(run.id);
    expect(again).toMatchObject({ result: { a: 1 }, cause: { kind: 'run', runId: run.id } });
  });

  test('is refused while the run has not ended', async () => {
    const engine = startEngine({
      parked: async (_input, context) => context.wait('long', { hours: 1 }),
    });
    const runId = await startRun(engine, 'parked');
    await expect(engine.retry(runId)).rejects.toMatchObject({ reason: 'conflict' });
  });
});

describe('logs', () => {
  test('keep their order and can be read on from the last line seen', async () => {
    const engine = startEngine({});
    engine.register({
      name: 'chatty',
      executionTimeoutSeconds: 60,
      handler: durable(async (_input, context) => {
        const runId = engine.runIdOfExecution(context.executionContext.durableExecutionArn);
        engine.log(String(runId), { level: 'info', message: 'one', fields: { n: 1 } });
        engine.log(String(runId), { level: 'warn', message: 'two', task: 'work', attempt: 2 });
      }),
    });
    const run = await runToEnd(engine, 'chatty');

    const lines = await engine.logs(run.id);
    const rest = await engine.logs(run.id, { after: lines[0]?.seq ?? 0 });

    expect(lines).toMatchObject([
      { level: 'info', message: 'one', task: null, attempt: null, fields: { n: 1 } },
      { level: 'warn', message: 'two', task: 'work', attempt: 2, fields: {} },
    ]);
    expect(rest.map((line) => line.message)).toEqual(['two']);
  });

  test('of a run that logs in a loop are bounded and say so', async () => {
    const engine = startEngine({ echo: async (input) => input });
    const { id } = await runToEnd(engine, 'echo');
    for (let index = 0; index < 5_100; index += 1) {
      engine.log(id, { level: 'info', message: `line ${index}` });
    }
    engine.log('nobody', { level: 'info', message: 'lost' });

    const tail = await engine.logs(id, { after: 4_900, limit: 1_000 });

    expect(tail.at(-1)?.message).toContain('is full');
    expect(tail).toHaveLength(101);
  });
});

describe('retention', () => {
  test('removes ended runs with all that belongs to them, and nothing else', async () => {
    let now = Date.now();
    const engine = startEngine(
      {
        big: async (_input, context) => context.step('big', async () => 'x'.repeat(100_000)),
        parked: async (_input, context) => context.wait('long', { days: 90 }),
      },
      { now: () => now, retention: { days: 1 }, executionTimeoutSeconds: 365 * 24 * 3600 },
    );
    const old = await runToEnd(engine, 'big');
    engine.log(old.id, { level: 'info', message: 'old' });
    const parked = await startRun(engine, 'parked');
    await inState(engine, parked, 'waiting');
    now += 25 * hour;
    const recent = await runToEnd(engine, 'big');

    expect(await engine.sweep()).toEqual({ removed: 1 });

    expect(await engine.get(old.id)).toBeUndefined();
    expect(await engine.logs(old.id)).toEqual([]);
    expect(engine.history(old.id)).toEqual([]);
    expect((await engine.list({ limit: 10 })).runs.map((run) => run.id)).toEqual([
      recent.id,
      parked,
    ]);
  });
});

describe('after an upgrade', () => {
  const parked: Record<string, TestFlow> = {
    parked: async (input, context) => {
      await context.wait('a while', { seconds: 1 });
      return input;
    },
  };

  test('runs under way end as "code changed" and start again once', async () => {
    const databaseFile = join(temporaryFolder(), 'cicd.db');
    const before = startEngine(parked, { databaseFile });
    const runId = await startRun(before, 'parked', { a: 1 });
    await inState(before, runId, 'waiting');
    before.close();

    const during = startEngine(parked, { databaseFile, codeVersion: 'two' });
    const changed = await during.waitForRun(runId);
    const { runs } = await during.list({ limit: 10 });
    during.close();
    const after = startEngine(parked, { databaseFile, codeVersion: 'two' });

    expect(changed).toMatchObject({
      state: 'failed',
      error: { type: 'CodeChanged', message: expect.stringMatching(/^code changed/) },
    });
    expect(runs.map((run) => run.cause)).toEqual([{ kind: 'run', runId }, { kind: 'cli' }]);
    const restarted = await after.waitForRun(String(runs[0]?.id));
    expect(restarted).toMatchObject({ state: 'succeeded', result: { a: 1 } });
    expect((await after.list({ limit: 10 })).runs).toHaveLength(2);
  });

  test('a run that invoked another starts again and invokes anew', async () => {
    const databaseFile = join(temporaryFolder(), 'cicd.db');
    const flows: Record<string, TestFlow> = {
      ...parked,
      parent: async (_input, context) => context.invoke('call', 'parked', { from: 'parent' }),
    };
    const before = startEngine(flows, { databaseFile });
    await startRun(before, 'parent');
    const child = await eventually(
      async () => (await before.list({ flow: 'parked', limit: 1 })).runs[0],
    );
    await inState(before, child.id, 'waiting');
    before.close();

    const after = startEngine(flows, { databaseFile, codeVersion: 'two' });
    const [restarted] = (await after.list({ flow: 'parent', limit: 1 })).runs;
    const run = await after.waitForRun(String(restarted?.id));

    expect(run).toMatchObject({ state: 'succeeded', result: { from: 'parent' } });
    const children = (await after.list({ flow: 'parked', limit: 10 })).runs;
    expect(children.map((one) => [one.state, one.cause])).toEqual([
      ['succeeded', { kind: 'run', runId: run.id }],
      ['failed', child.cause],
    ]);
  });

  test('runs that never began go on, those of a removed flow fail', async () => {
    const databaseFile = join(temporaryFolder(), 'cicd.db');
    const before = createEngine({ databaseFile, codeVersion: 'one' });
    for (const name of ['kept', 'removed']) {
      const handler = durable(async () => name);
      before.register({ name, handler, executionTimeoutSeconds: 60 });
    }
    const kept = await startRun(before, 'kept');
    const removed = await startRun(before, 'removed');
    before.close();

    const after = startEngine({ kept: async () => 'kept' }, { databaseFile, codeVersion: 'two' });

    expect(await after.waitForRun(kept)).toMatchObject({ state: 'succeeded', result: 'kept' });
    expect(await after.waitForRun(removed)).toMatchObject({
      state: 'failed',
      error: { type: 'FlowRemoved' },
    });
  });
});

describe('a run under which the process keeps ending', () => {
  test('is given up after twenty times, and says so', async () => {
    const databaseFile = join(temporaryFolder(), 'cicd.db');
    let begun = 0;
    // Never returns: for the engine, being closed in the middle is what a dead process looks like.
    const deadly = () => {
      begun += 1;
      return new Promise<never>(() => {});
    };
    const first = startEngine({ deadly }, { databaseFile });
    const runId = await startRun(first, 'deadly');
    await eventually(() => begun === 1);
    first.close();

    for (let lives = 2; lives <= 20; lives += 1) {
      const engine = startEngine({ deadly }, { databaseFile });
      await eventually(() => begun === lives);
      engine.close();
    }

    const last = startEngine({ deadly }, { databaseFile });
    expect(await last.get(runId)).toMatchObject({
      state: 'failed',
      error: { type: 'ProcessEnded' },
    });
    expect(begun).toBe(20);
  });
});
