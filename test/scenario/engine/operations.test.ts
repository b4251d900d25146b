import { describe, expect, test } from 'vitest';
import { eventually, inState, runToEnd, startEngine, startRun } from './engine-fixture.ts';

describe('steps', () => {
  test('run once each, in order, and their results make the result of the run', async () => {
    const calls: string[] = [];
    const engine = startEngine({
      five: async (input, context) => {
        let sum = Number(input['start']);
        for (const name of ['a', 'b', 'c', 'd', 'e']) {
          sum = await context.step(name, async () => {
            calls.push(name);
            return sum + 1;
          });
        }
        return { sum };
      },
    });

    const run = await runToEnd(engine, 'five', { start: 10 });

    expect(run).toMatchObject({ state: 'succeeded', result: { sum: 15 }, error: null });
    expect(calls).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(run.tasks.map((task) => [task.name, task.kind, task.state, task.attempts])).toEqual(
      calls.map((name) => [name, 'step', 'succeeded', 1]),
    );
  });

  test('that fail are tried again after their delay and counted', async () => {
    const engine = startEngine({
      flaky: async (_input, context) =>
        context.step(
          'flaky',
          async (step) => {
            if (step.attempt < 3) throw new Error(`attempt ${step.attempt} fails`);
            return step.attempt;
          },
          { retryStrategy: () => ({ shouldRetry: true, delay: { seconds: 1 } }) },
        ),
    });

    const run = await runToEnd(engine, 'flaky');

    expect(run).toMatchObject({ state: 'succeeded', result: 3 });
    expect(run.tasks).toMatchObject([{ attempts: 3, state: 'succeeded' }]);
    const types = engine.history(run.id).map((event) => event.type);
    expect(types.filter((type) => type === 'StepRetryScheduled')).toHaveLength(2);
  });

  test('that fail for good fail the run with their error', async () => {
    const engine = startEngine({
      broken: async (_input, context) =>
        context.step(
          'broken',
          async () => {
            throw new TypeError('no such thing');
          },
          { retryStrategy: () => ({ shouldRetry: false }) },
        ),
    });

    const run = await runToEnd(engine, 'broken');

    expect(run.state).toBe('failed');
    expect(run.error?.message).toContain('no such thing');
    expect(run.tasks).toMatchObject([{ state: 'failed', error: { message: 'no such thing' } }]);
  });
});

test('a result over 6 MB, which the SDK checkpoints, is the result of the run', async () => {
  const engine = startEngine({ huge: async () => 'x'.repeat(7_000_000) });

  const run = await runToEnd(engine, 'huge');

  expect(run.state).toBe('succeeded');
  expect(String(run.result)).toHaveLength(7_000_000);
});

describe('waits', () => {
  test('park the run and wake it at their time', async () => {
    const engine = startEngine({
      sleeper: async (_input, context) => {
        await context.wait('nap', { seconds: 1 });
        return 'awake';
      },
    });
    const runId = await startRun(engine, 'sleeper');

    const parked = await inState(engine, runId, 'waiting');
    const run = await engine.waitForRun(runId);

    expect(parked.tasks).toMatchObject([{ name: 'nap', kind: 'wait', state: 'waiting' }]);
    expect(run).toMatchObject({ state: 'succeeded', result: 'awake' });
    const elapsed = Date.parse(String(run.endedAt)) - Date.parse(run.startedAt);
    expect(elapsed).toBeGreaterThanOrEqual(1_000);
  });

  test('for a condition keep their state from poll to poll', async () => {
    const engine = startEngine({
      poll: async (_input, context) =>
        context.waitForCondition('count', async (state: number) => state + 1, {
          initialState: 0,
          waitStrategy: (state: number) =>
            state < 3 ? { shouldContinue: true, delay: { seconds: 1 } } : { shouldContinue: false },
        }),
    });

    const run = await runToEnd(engine, 'poll');

    expect(run).toMatchObject({ state: 'succeeded', result: 3 });
    expect(run.tasks).toMatchObject([{ name: 'count', kind: 'step', attempts: 3 }]);
  });
});

describe('maps, branches and child contexts', () => {
  test('run their items and give results in order', async () => {
    const engine = startEngine({
      fan: async (_input, context) => {
        const mapped = await context.map('squares', [1, 2, 3], async (item, value: number) =>
          item.step('square', async () => value * value),
        );
        const branches = await context.parallel('branches', [
          async (branch) => branch.step('left', async () => 'l'),
          async (branch) => {
            await branch.wait('pause', { seconds: 1 });
            return 'r';
          },
        ]);
        return { squares: mapped.getResults(), branches: branches.getResults() };
      },
    });

    const run = await runToEnd(engine, 'fan');

    expect(run.result).toEqual({ squares: [1, 4, 9], branches: ['l', 'r'] });
    const map = run.tasks.find((task) => task.name === 'squares');
    const items = run.tasks.filter((task) => task.parentId === map?.id);
    expect(items.map((task) => task.kind)).toEqual(['context', 'context', 'context']);
  });

  test('with a result over 256 KB are rebuilt from children that do not run again', async () => {
    const large = 'x'.repeat(150_000);
    let calls = 0;
    const engine = startEngine({
      large: async (_input, context) => {
        const texts = await context.runInChildContext('collect', async (child) => {
          const made: string[] = [];
          for (const name of ['one', 'two', 'three']) {
            made.push(
              await child.step(name, async () => {
                calls += 1;
                return large;
              }),
            );
          }
          return made;
        });
        await context.wait('let the process forget', { seconds: 1 });
        return texts.map((text) => text.length);
      },
    });

    const run = await runToEnd(engine, 'large');

    expect(run.result).toEqual([150_000, 150_000, 150_000]);
    expect(calls).toBe(3);
  });

  test('may wait for callbacks, which come in any order and while others are awaited', async () => {
    const asked = new Map<string, string>();
    const engine = startEngine({
      ask: async (_input, context) => {
        const answers = await context.map('ask', ['a', 'b', 'c', 'd'], async (item, who: string) =>
          item.waitForCallback('answer', async (callbackId) => {
            asked.set(who, callbackId);
          }),
        );
        return answers.getResults();
      },
    });
    const runId = await startRun(engine, 'ask');
    await eventually(() => (asked.size === 4 ? true : undefined));

    for (const who of ['c', 'a', 'd']) engine.callbacks.succeed(asked.get(who) ?? '', who);
    await inState(engine, runId, 'waiting');
    engine.callbacks.succeed(asked.get('b') ?? '', 'b');

    expect(await engine.waitForRun(runId)).toMatchObject({ result: ['a', 'b', 'c', 'd'] });
  });

  test('beyond one page of operations replay completely', async () => {
    let calls = 0;
    const engine = startEngine({
      wide: async (_input, context) => {
        const steps = Array.from({ length: 1_100 }, (_, index) =>
          context.step(`s${index}`, async () => {
            calls += 1;
            return index;
          }),
        );
        const values = await context.promise.all('all', steps);
        await context.wait('page', { seconds: 1 });
        return values.length;
      },
    });

    const run = await runToEnd(engine, 'wide');

    expect(run).toMatchObject({ state: 'succeeded', result: 1_100 });
    expect(calls).toBe(1_100);
  });
});

/** A flow that asks and waits; `nextId` gives the callback id that it has asked with. */
function askingEngine(config: {
  timeout?: { seconds: number };
  heartbeatTimeout?: { seconds: number };
}) {
  const asked: string[] = [];
  const engine = startEngine({
    ask: async (_input, context) =>
      context.waitForCallback(
        'answer',
        async (callbackId) => {
          asked.push(callbackId);
        },
        config,
      ),
  });
  return { engine, nextId: () => eventually(() => asked.shift()) };
}

describe('callbacks', () => {
  test('hand their result to the run', async () => {
    const { engine, nextId } = askingEngine({ timeout: { seconds: 30 } });
    const runId = await startRun(engine, 'ask');
    const callbackId = await nextId();
    await inState(engine, runId, 'waiting');

    engine.callbacks.succeed(callbackId, 'yes');

    expect(await engine.waitForRun(runId)).toMatchObject({ state: 'succeeded', result: 'yes' });
    expect(() => engine.callbacks.succeed(callbackId, 'again')).toThrow('was completed');
  });

  test('hand their failure to the run', async () => {
    const { engine, nextId } = askingEngine({});
    const runId = await startRun(engine, 'ask');
    engine.callbacks.fail(await nextId(), { type: 'Refused', message: 'not today' });

    const run = await engine.waitForRun(runId);

    expect(run.state).toBe('failed');
    expect(run.error?.message).toContain('not today');
  });

  test('that nobody completes time out', async () => {
    const { engine } = askingEngine({ timeout: { seconds: 1 } });

    const run = await runToEnd(engine, 'ask');

    expect(run.state).toBe('failed');
    expect(run.error?.message).toContain('timed out');
    expect(run.tasks.find((task) => task.kind === 'callback')?.state).toBe('timed_out');
  });

  test('stay open while heartbeats come and time out without', async () => {
    const { engine, nextId } = askingEngine({ heartbeatTimeout: { seconds: 1 } });
    const runId = await startRun(engine, 'ask');
    const callbackId = await nextId();
    const startedAt = Date.now();
    await eventually(() => {
      engine.callbacks.heartbeat(callbackId);
      return Date.now() - startedAt > 1_500 ? true : undefined;
    });
    const beaten = await engine.get(runId);

    const run = await engine.waitForRun(runId);

    expect(beaten?.state).toBe('waiting');
    expect(run.error?.message).toContain('no heartbeat');
  });

  test('of no one are refused', () => {
    const { engine } = askingEngine({});
    expect(() => engine.callbacks.succeed('nobody')).toThrow('There is no such callback');
  });
});

const child = async (input: Record<string, unknown>) => {
  if (input['fail'] === true) throw new Error('child failed');
  return { got: input };
};

describe('invokes', () => {
  test('start a run of the other flow, by name or by ARN, and give its result', async () => {
    const engine = startEngine({
      child,
      parent: async (_input, context) => [
        await context.invoke('by-name', 'child', { n: 1 }),
        await context.invoke('by-arn', 'arn:aws:lambda:eu-west-1:1:function:child:live', { n: 2 }),
      ],
    });

    const run = await runToEnd(engine, 'parent');
    const { runs } = await engine.list({ flow: 'child', limit: 10 });

    expect(run.result).toEqual([{ got: { n: 1 } }, { got: { n: 2 } }]);
    expect(runs.map((one) => one.cause)).toEqual([
      { kind: 'run', runId: run.id },
      { kind: 'run', runId: run.id },
    ]);
  });

  test.each([
    { of: 'a failed child', flow: 'child', message: 'child failed' },
    { of: 'an unknown flow', flow: 'nobody', message: 'no flow "nobody"' },
  ])('of $of fail in the parent', async ({ flow, message }) => {
    const engine = startEngine({
      child,
      parent: async (_input, context) => context.invoke('call', flow, { fail: true }),
    });

    const run = await runToEnd(engine, 'parent');

    expect(run.state).toBe('failed');
    expect(run.error?.message).toContain(message);
  });

  test('of a child that is stopped fail in the parent', async () => {
    const engine = startEngine({
      slow: async (_input, context) => context.wait('long', { hours: 1 }),
      parent: async (_input, context) => context.invoke('call', 'slow', {}),
    });
    const runId = await startRun(engine, 'parent');
    const childRun = await eventually(
      async () => (await engine.list({ flow: 'slow', limit: 1 })).runs[0],
    );

    await engine.stop(childRun.id, 'not needed');
    const run = await engine.waitForRun(runId);

    expect(run.error?.message).toContain('not needed');
    expect(run.tasks).toMatchObject([{ kind: 'invoke', state: 'stopped' }]);
  });
});
