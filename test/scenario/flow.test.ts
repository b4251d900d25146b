import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createEngine } from '../../infra/local/engine/engine.ts';
import { keepRunLog } from '../../infra/local/run-log-sink.ts';
import { RequestRejectedError, UpstreamError } from '../../lib/domain/errors.ts';
import type { RunDetail } from '../../lib/domain/run.ts';
import type { FlowContext } from '../../lib/runtime/flow-context.ts';
import { flow } from '../../lib/runtime/flow.ts';
import { setLogSink, writeJsonLine } from '../../lib/runtime/logging.ts';
import { retries } from '../../lib/runtime/retry-policies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Greeting {
  greeting: string;
}
type Body = (flow: FlowContext, input: { name: string }, services: Greeting) => Promise<unknown>;

interface EngineOptions {
  afterInvocation?: () => Promise<void>;
  databaseFile?: string;
}

/** An engine on a real file that runs one flow with this body. */
function engineWith(
  run: Body,
  services = async (): Promise<Greeting> => ({ greeting: 'Hello' }),
  { afterInvocation, databaseFile = join(temporaryFolder(), 'runs.db') }: EngineOptions = {},
) {
  const engine = createEngine({ databaseFile, codeVersion: 'test' });
  onTestFinished(() => engine.close());
  setLogSink(keepRunLog(engine, () => {}));
  const greet = flow({
    name: 'greet',
    input: z.strictObject({ name: z.string() }),
    executionTimeoutSeconds: 60,
    run,
  });
  engine.register({ ...greet, handler: greet.handler(services, afterInvocation) });
  engine.resume();
  return engine;
}

async function runOnce(
  engine: ReturnType<typeof engineWith>,
  input: unknown = { name: 'Ada' },
): Promise<RunDetail> {
  const { runId } = await engine.start({
    flow: 'greet',
    name: 'one',
    input,
    cause: { kind: 'cli' },
  });
  return engine.waitForRun(runId);
}

afterEach(() => setLogSink(writeJsonLine));

describe('flow', () => {
  test('hands checked input and services to its body, and knows its run', async () => {
    const engine = engineWith(async ({ runId }, { name }, { greeting }) => ({
      said: `${greeting}, ${name}`,
      runId,
    }));
    const run = await runOnce(engine);
    expect(run).toMatchObject({
      state: 'succeeded',
      result: { said: 'Hello, Ada', runId: run.id },
    });
  });

  test('fails on input of another shape, by path and without the value', async () => {
    const run = await runOnce(
      engineWith(async () => 'never'),
      { name: 42, colour: 'red' },
    );
    expect(run.state).toBe('failed');
    expect(run.error?.message).toContain('The input of greet is not valid: name:');
    expect(run.error?.message).toContain('colour: is not a known field');
    expect(run.error?.message).not.toContain('42');
  });

  test('asks for its services again after they could not be made', async () => {
    let calls = 0;
    const engine = engineWith(
      async (_flow, _input, { greeting }) => greeting,
      async () => {
        calls += 1;
        if (calls === 1) throw new Error('not yet');
        return { greeting: 'Hello' };
      },
    );
    expect(await runOnce(engine)).toMatchObject({ state: 'succeeded', result: 'Hello' });
    expect(calls).toBe(2);
  });

  test('has its end known only after what comes after an invocation', async () => {
    const done: string[] = [];
    const engine = engineWith(async () => void done.push('body'), undefined, {
      afterInvocation: async () => void done.push('after'),
    });
    expect(await runOnce(engine)).toMatchObject({ state: 'succeeded' });
    expect(done).toEqual(['body', 'after']);
  });

  test('attempts a task again when that can help', async () => {
    const engine = engineWith((context) =>
      context.task('flaky', retries.few, async ({ attempt }) => {
        if (attempt === 1) {
          throw new UpstreamError('busy', { service: 'test', status: 503, retryable: true });
        }
        return attempt;
      }),
    );
    const run = await runOnce(engine);
    expect(run).toMatchObject({ state: 'succeeded', result: 2 });
    expect(run.tasks).toMatchObject([{ name: 'flaky', attempts: 2, state: 'succeeded' }]);
  });

  test.each([
    ['a rejected request', new RequestRejectedError('invalid', 'no')],
    ['a final answer', new UpstreamError('no', { service: 'test', status: 404, retryable: false })],
  ])('does not attempt a task again after %s', async (_, error) => {
    const engine = engineWith((context) =>
      context.task('final', retries.patient, () => Promise.reject(error)),
    );
    const run = await runOnce(engine);
    expect(run).toMatchObject({ state: 'failed', error: { message: 'no' } });
    expect(run.tasks).toMatchObject([{ name: 'final', attempts: 1 }]);
  });

  test('fails a map at its first failure, unlike the SDK underneath', async () => {
    const engine = engineWith((context) =>
      context.map('numbers', { items: [1, 2, 3], concurrency: 1 }, (child, item) =>
        child.task(`number ${item}`, retries.none, async () => {
          if (item === 2) throw new Error('two is not allowed');
          return item * 10;
        }),
      ),
    );
    const run = await runOnce(engine);
    expect(run.state).toBe('failed');
    expect(run.error?.message).toContain('two is not allowed');
  });

  test('gives the results of a map in order', async () => {
    const engine = engineWith((context) =>
      context.map('numbers', { items: [1, 2, 3], concurrency: 2 }, (child, item) =>
        child.task(`number ${item}`, retries.none, async () => item * 10),
      ),
    );
    expect(await runOnce(engine)).toMatchObject({ state: 'succeeded', result: [10, 20, 30] });
  });

  test('runs branches side by side and parts under names of their own', async () => {
    const engine = engineWith(async (context) => {
      const sides = await context.parallel('sides', [
        { name: 'left', work: (branch) => branch.task('count left', retries.none, async () => 1) },
        {
          name: 'right',
          work: (branch) => branch.task('count right', retries.none, async () => 2),
        },
      ]);
      const sum = await context.child('sum', (part) =>
        part.task('add', retries.none, async () => sides.reduce((a, b) => a + b, 0)),
      );
      return { sides, sum };
    });
    const run = await runOnce(engine);
    expect(run).toMatchObject({ state: 'succeeded', result: { sides: [1, 2], sum: 3 } });
    const names = run.tasks.map(({ name }) => name);
    expect(names.toSorted()).toEqual(['add', 'count left', 'count right', 'sides', 'sum']);
  });

  test('fails parallel branches at their first failure', async () => {
    const engine = engineWith((context) =>
      context.parallel('sides', [
        { name: 'good', work: (branch) => branch.task('good', retries.none, async () => 1) },
        {
          name: 'bad',
          work: (branch) => branch.task('bad', retries.none, () => Promise.reject(new Error('no'))),
        },
      ]),
    );
    expect(await runOnce(engine)).toMatchObject({ state: 'failed' });
  });

  test('begins a task that must not happen twice only once, also after the process has died', async () => {
    const databaseFile = join(temporaryFolder(), 'runs.db');
    let begun = 0;
    const { promise: hasBegun, resolve: tellBegun } = Promise.withResolvers<void>();
    const body: Body = (context) =>
      context.taskOnce('pay', () => {
        begun += 1;
        tellBegun();
        return new Promise<never>(() => {});
      });
    const first = engineWith(body, undefined, { databaseFile });
    const { runId } = await first.start({
      flow: 'greet',
      name: 'one',
      input: { name: 'Ada' },
      cause: { kind: 'cli' },
    });
    await hasBegun;
    first.close();

    const second = engineWith(body, undefined, { databaseFile });
    expect(await second.waitForRun(runId)).toMatchObject({ state: 'failed' });
    expect(begun).toBe(1);
  });

  test('waits for a callback and takes its answer', async () => {
    const engine = engineWith((context) =>
      context.waitForCallback(
        'approval',
        { timeout: { minutes: 1 }, retry: retries.none },
        async (callbackId) => engine.callbacks.succeed(callbackId, 'approved'),
      ),
    );
    expect(await runOnce(engine)).toMatchObject({ state: 'succeeded', result: 'approved' });
  });

  test('asks until a condition holds', async () => {
    const engine = engineWith((context) =>
      context.waitForCondition(
        'ready',
        {
          initialState: 0,
          waitStrategy: (state) =>
            state < 2 ? { shouldContinue: true, delay: { seconds: 1 } } : { shouldContinue: false },
        },
        async (state) => state + 1,
      ),
    );
    expect(await runOnce(engine)).toMatchObject({ state: 'succeeded', result: 2 });
  });

  test('writes each line of its log once, with the task it comes from, also when it is replayed', async () => {
    const engine = engineWith(async (context) => {
      context.log.info('Begun', { size: 3 });
      await context.task('first', retries.none, async ({ log }) => log.info('Working'));
      await context.wait('pause', { seconds: 1 });
      await context.task('second', retries.none, async ({ log }) => log.warn('Going on'));
      return null;
    });
    const run = await runOnce(engine);
    const lines = await engine.logs(run.id);
    expect(
      lines.map(({ attempt, fields, level, message, task }) => [
        level,
        task,
        attempt,
        message,
        fields,
      ]),
    ).toEqual([
      ['info', null, null, 'Begun', { size: 3 }],
      ['info', 'first', 1, 'Working', {}],
      ['warn', 'second', 1, 'Going on', {}],
    ]);
  });

  test('keeps the stack of a failed attempt in the log', async () => {
    const engine = engineWith((context) =>
      context.task('broken', retries.none, () => Promise.reject(new TypeError('no such thing'))),
    );
    const run = await runOnce(engine);
    const [line] = await engine.logs(run.id);
    expect(line).toMatchObject({ level: 'warn', message: 'Task attempt failed', task: 'broken' });
    expect(line?.fields['stack']).toContain('TypeError: no such thing');
  });
});
