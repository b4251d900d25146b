import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RequestRejectedError, UpstreamError } from '../../../lib/domain/errors.ts';
import { hangingError, hangingReason } from '../../../lib/domain/reconcile/hanging-run.ts';
import { retries } from '../../../lib/runtime/retry-policies.ts';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { repositoryHook } from '../../builders/sent-webhooks.ts';
import { eventually, inState } from '../engine/engine-fixture.ts';
import { choresOf, startSystem } from './cicd-fixture.ts';

beforeEach(() => setLogSink(() => {}));
afterEach(() => setLogSink(writeJsonLine));

/** Never ends, like a call without a time limit. */
const hang = () => new Promise<never>(() => {});

const busy = new UpstreamError('busy', { service: 'test', status: 503, retryable: true });
const failBusy = () => Promise.reject(busy);

describe('missed deliveries', () => {
  test('are published again, and give one run each', async () => {
    const system = startSystem();
    await system.accept('one');
    await system.accept('two');
    system.putForward(2);

    expect(choresOf(await system.tick())).toEqual({ 'missed deliveries': [2, 2, 0] });
    await system.decided('one');
    await system.decided('two');
    expect(choresOf(await system.tick())).toEqual({});
    expect(await system.listAnalyses()).toHaveLength(2);
  });

  test('are not missed within the first minute', async () => {
    const system = startSystem();
    await system.accept('one');
    expect(choresOf(await system.tick())).toEqual({});
  });

  test('are worked off twenty at a time, the oldest first', async () => {
    const system = startSystem();
    const ids = Array.from({ length: 23 }, (_, index) => `d-${String(index).padStart(2, '0')}`);
    for (const id of ids) await system.accept(id);
    system.putForward(2);

    expect(choresOf(await system.tick())).toEqual({ 'missed deliveries': [23, 20, 3] });
    await Promise.all(ids.slice(0, 20).map((id) => system.decided(id)));
    expect(choresOf(await system.tick())).toEqual({ 'missed deliveries': [3, 3, 0] });
  });

  test('do not hold each other up: one that fails fails the run after the others', async () => {
    const system = startSystem({
      change: ({ bus }) => ({
        bus: {
          publish: async (event) => {
            if (event.deliveryId === 'bad') throw new Error('the disk is full');
            return bus.publish(event);
          },
        },
      }),
    });
    await system.accept('bad');
    await system.accept('good');
    system.putForward(2);

    const run = await system.tick();
    expect(run).toMatchObject({ state: 'failed', error: { type: 'AggregateError' } });
    expect(run.error?.message).toContain('missed deliveries: the disk is full');
    expect(await system.decided('good')).toMatchObject({ decision: 'run' });
    expect(run.tasks.map(({ name }) => name)).toContain('find lost runs');
  });
});

describe('hanging runs', () => {
  test('are stopped and started again once', async () => {
    const system = startSystem({ analysis: (context) => context.task('ask', retries.none, hang) });
    const first = await system.analyse();
    await inState(system.engine, first, 'running');
    system.putForward(29);
    expect(choresOf(await system.tick())).toEqual({});
    system.putForward(2);

    expect(choresOf(await system.tick())).toEqual({
      'hanging runs': [1, 1, 0],
      'failed runs': [1, 1, 0],
    });
    expect(await system.engine.get(first)).toMatchObject({
      state: 'stopped',
      error: { type: hangingError, message: hangingReason },
    });
    const [stopped, second] = await system.listAnalyses();
    expect(stopped).toMatchObject({ errorType: hangingError });
    expect(second).toMatchObject({ cause: { kind: 'run', runId: first }, errorType: null });

    system.putForward(31);
    expect(choresOf(await system.tick())).toEqual({ 'hanging runs': [1, 1, 0] });
    expect(await system.listAnalyses()).toHaveLength(2);
  });

  test('are none when the machine has slept, until they have had their time again', async () => {
    const system = startSystem({ analysis: (context) => context.task('ask', retries.none, hang) });
    await inState(system.engine, await system.analyse(), 'running');
    system.sleep(60);
    expect(choresOf(await system.tick())).toEqual({});
    system.putForward(31);
    expect(choresOf(await system.tick())).toMatchObject({ 'hanging runs': [1, 1, 0] });
  });

  test('are none where a run waits for something', async () => {
    const system = startSystem({ analysis: (context) => context.wait('a while', { hours: 2 }) });
    await inState(system.engine, await system.analyse(), 'waiting');
    system.putForward(55);
    expect(choresOf(await system.tick())).toEqual({});
  });
});

describe('failed runs', () => {
  test('start again once, where that can help', async () => {
    const system = startSystem({
      analysis: (context) => context.task('ask', retries.none, failBusy),
    });
    const runId = await system.analyse();
    await system.engine.waitForRun(runId);

    expect(choresOf(await system.tick())).toEqual({ 'failed runs': [1, 1, 0] });
    const [, again] = await system.listAnalyses();
    expect(again).toMatchObject({ cause: { kind: 'run', runId } });
    await system.engine.waitForRun(again?.id ?? '');
    expect(choresOf(await system.tick())).toEqual({});
  });

  test('start again also when the task was part of a map', async () => {
    const system = startSystem({
      analysis: (context) =>
        context.map('all', { items: [1], concurrency: 1 }, (part) =>
          part.task('ask', retries.none, failBusy),
        ),
    });
    await system.engine.waitForRun(await system.analyse());
    expect(choresOf(await system.tick())).toEqual({ 'failed runs': [1, 1, 0] });
  });

  test.each([
    ['a mistake in the program', new TypeError('x is not a function')],
    ['a final answer', new UpstreamError('gone', { service: 'test', retryable: false })],
  ])('are left alone after %s', async (_, error) => {
    const system = startSystem({
      analysis: (context) => context.task('ask', retries.none, () => Promise.reject(error)),
    });
    await system.engine.waitForRun(await system.analyse());
    expect(choresOf(await system.tick())).toEqual({});
  });

  test('are forgotten after a day', async () => {
    const system = startSystem({
      analysis: (context) => context.task('ask', retries.none, failBusy),
    });
    await system.engine.waitForRun(await system.analyse());
    system.putForward(24 * 60 + 1);
    expect(choresOf(await system.tick())).toEqual({});
  });

  test('that cannot be started again do not keep the others waiting', async () => {
    const refused = new Set<string>();
    const system = startSystem({
      analysis: failBusy,
      change: ({ runs }) => ({
        runs: {
          ...runs,
          retry: async (id, options) => {
            if (refused.has(id))
              throw new RequestRejectedError('not-found', 'There is no such flow');
            return runs.retry(id, options);
          },
        },
      }),
    });
    for (let count = 0; count < 20; count += 1) refused.add(await system.analyse());
    const other = await system.analyse();
    await Promise.all([...refused, other].map((id) => system.engine.waitForRun(id)));

    expect(await system.tick()).toMatchObject({ state: 'failed' });
    expect(await system.listAnalyses()).toHaveLength(21);
    expect(await system.tick()).toMatchObject({ state: 'failed' });
    const again = (await system.listAnalyses()).slice(21);
    expect(again).toMatchObject([{ cause: { kind: 'run', runId: other } }]);
  });

  test('start again once also when the process dies in the middle', async () => {
    const { promise: died, resolve: tellDied } = Promise.withResolvers<void>();
    const first = startSystem({
      analysis: failBusy,
      change: ({ runs }) => ({
        runs: {
          ...runs,
          retry: async (...request) => {
            await runs.retry(...request);
            tellDied();
            return hang();
          },
        },
      }),
    });
    const failed = [await first.analyse(), await first.analyse(), await first.analyse()];
    await Promise.all(failed.map((id) => first.engine.waitForRun(id)));
    void first.tick().catch(() => {});
    await died;
    await first.close();

    const second = startSystem({ analysis: failBusy, folder: first.folder });
    const [tick] = (await second.engine.list({ flow: 'autonomous-cicd', limit: 1 })).runs;
    const run = await second.engine.waitForRun(tick?.id ?? '');
    expect(choresOf(run)).toEqual({ 'failed runs': [3, 3, 0] });
    const causes = (await second.listAnalyses()).slice(3).map(({ cause }) => cause);
    expect(causes).toEqual(failed.map((runId) => ({ kind: 'run', runId })));
  });
});

describe('lost runs', () => {
  test('are asked for again when the file of the runs was moved away', async () => {
    const first = startSystem();
    const event = await first.accept('one');
    await first.bus.publish(event);
    const { runId } = await first.decided('one');
    await first.engine.waitForRun(runId ?? '');
    // Its run is that of the first delivery, which may be gone because of its age.
    await first.bus.publish({ ...event, deliveryId: 'two' });
    expect((await first.decided('two')).runId).toBe(runId);
    expect(choresOf(await first.tick())).toEqual({});
    await first.close();

    const second = startSystem({ folder: first.folder, runsFile: 'new-runs.db' });
    expect(choresOf(await second.tick())).toEqual({ 'lost runs': [1, 1, 0] });
    const delivery = await second.decided('one');
    const run = await second.engine.waitForRun(delivery.runId ?? '');
    expect(run).toMatchObject({ flow: 'component-analysis', state: 'succeeded' });
    expect(choresOf(await second.tick())).toEqual({});
  });
});

describe('what senders did not deliver', () => {
  test('waits while agents are paused, and is not lost by that', async () => {
    const system = startSystem();
    system.linear.ask(new Date());
    system.webhooks.send({ guid: 'one', at: new Date() });
    await system.pause.pause();
    for (let ticks = 0; ticks < 2; ticks += 1) {
      expect(choresOf(await system.tick())).toEqual({
        'undelivered GitHub events': [1, 0, 1],
        'requests nobody told': [1, 0, 1],
      });
    }
    await system.pause.resume();

    expect(choresOf(await system.tick())).toEqual({
      'undelivered GitHub events': [1, 1, 0],
      'requests nobody told': [1, 1, 0],
    });
    const [analysis, ...others] = await system.listAnalyses();
    expect([analysis?.cause.kind, others]).toEqual(['delivery', []]);
  });

  test('is looked for at one sender although the other cannot be asked', async () => {
    const down = new UpstreamError('GitHub is down', { service: 'github', retryable: false });
    const system = startSystem();
    system.webhooks.failing.set('hooks', down);
    system.linear.ask(new Date());

    const run = await system.tick();

    expect(run.error?.message).toContain('undelivered GitHub events: GitHub is down');
    expect(await system.listAnalyses()).toHaveLength(1);
  });

  test('is told once, although many places fail alike', async () => {
    const down = new UpstreamError('GitHub is down', { service: 'github', retryable: false });
    const system = startSystem();
    system.webhooks.hooks = ['acme/shop', 'acme/web'].map(repositoryHook);
    system.webhooks.failing.set('list', down);

    const run = await system.tick();

    expect(run.error?.message).toBe(
      'Not everything could be worked off. undelivered GitHub events: GitHub is down',
    );
  });

  test('is published in one tick, however many people ask at the same time', async () => {
    const system = startSystem();
    for (let issue = 0; issue < 200; issue += 1) {
      system.linear.ask(new Date(), { id: `issue-${issue}` });
    }
    system.linear.pageSize = 1_000;
    expect(choresOf(await system.tick())).toEqual({ 'requests nobody told': [200, 200, 0] });
    await eventually(async () => ((await system.listAnalyses()).length === 200 ? true : undefined));
    expect(choresOf(await system.tick())).toEqual({});
  });
});

test('while agents are paused it looks, starts nothing and says so', async () => {
  const system = startSystem({
    analysis: (context) => context.task('ask', retries.none, failBusy),
  });
  await system.engine.waitForRun(await system.analyse());
  await system.accept('one');
  await system.pause.pause();
  system.putForward(2);

  const run = await system.tick();
  expect(run.result).toMatchObject({ paused: true });
  expect(choresOf(run)).toEqual({ 'missed deliveries': [1, 0, 1], 'failed runs': [1, 0, 1] });
  expect(await system.listAnalyses()).toHaveLength(1);
});
