import {
  DurableExecutionInvocationInputWithClient,
  InvocationStatus,
  type CheckpointDurableExecutionResponse,
  type OperationUpdate,
} from '@aws/durable-execution-sdk-js';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../infra/local/engine/engine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { gate, runToEnd, startEngine, startRun } from './engine-fixture.ts';

describe('invocations', () => {
  test('never exceed the caps in total and per flow', async () => {
    const active = { total: 0, narrow: 0 };
    const peak = { total: 0, narrow: 0 };
    const work = async (flow: 'wide' | 'narrow') => {
      active.total += 1;
      if (flow === 'narrow') active.narrow += 1;
      peak.total = Math.max(peak.total, active.total);
      peak.narrow = Math.max(peak.narrow, active.narrow);
      await new Promise((resolve) => setImmediate(resolve));
      active.total -= 1;
      if (flow === 'narrow') active.narrow -= 1;
    };
    const engine = startEngine(
      {
        wide: async (_input, context) => context.step('work', () => work('wide')),
        narrow: async (_input, context) => context.step('work', () => work('narrow')),
      },
      { concurrency: { total: 4, perFlow: { narrow: 1 } } },
    );

    const flows = Array.from({ length: 20 }, (_, index) => (index % 2 ? 'wide' : 'narrow'));
    const runs = await Promise.all(flows.map((flow) => runToEnd(engine, flow)));

    expect(runs.every((run) => run.state === 'succeeded')).toBe(true);
    expect(peak).toEqual({ total: 4, narrow: 1 });
  });

  test('that are rejected are tried again, then the run fails', async () => {
    let calls = 0;
    const engine = startEngine({});
    engine.register({
      name: 'rejecting',
      executionTimeoutSeconds: 60,
      handler: async () => {
        calls += 1;
        if (calls < 3) throw new Error('no memory');
        return { Status: InvocationStatus.SUCCEEDED, Result: '"third time"' };
      },
    });
    engine.register({
      name: 'plain',
      durable: false,
      executionTimeoutSeconds: 60,
      handler: async () => {
        throw new RangeError('out of range');
      },
    });

    expect(await runToEnd(engine, 'rejecting')).toMatchObject({ result: 'third time' });
    expect(await runToEnd(engine, 'plain')).toMatchObject({
      state: 'failed',
      error: { type: 'RangeError', message: 'out of range' },
    });
  });

  test('under way are awaited by drain, and none is begun meanwhile', async () => {
    const inside = gate();
    const leave = gate();
    const engine = startEngine({
      busy: async (_input, context) =>
        context.step('busy', async () => {
          inside.open();
          await leave.passed;
        }),
    });
    const runId = await startRun(engine, 'busy');
    await inside.passed;

    const draining = engine.drain(10_000);
    const late = await startRun(engine, 'busy');
    leave.open();

    expect(await draining).toEqual({ interrupted: 0 });
    expect((await engine.get(runId))?.state).toBe('succeeded');
    expect((await engine.get(late))?.state).toBe('pending');
  });

  test('that outlast drain are cut off and run again at the next start', async () => {
    const databaseFile = join(temporaryFolder(), 'cicd.db');
    const inside = gate();
    const hung = startEngine(
      {
        busy: async (_input, context) =>
          context.step('busy', async () => {
            inside.open();
            await gate().passed;
          }),
      },
      { databaseFile },
    );
    const runId = await startRun(hung, 'busy');
    await inside.passed;
    expect(await hung.drain(1)).toEqual({ interrupted: 1 });
    hung.close();

    const engine = startEngine(
      { busy: async (_input, context) => context.step('busy', async () => 'done') },
      { databaseFile },
    );

    expect(await engine.waitForRun(runId)).toMatchObject({ state: 'succeeded', result: 'done' });
  });
});

describe('checkpoints', () => {
  /** Speaks the protocol below the SDK: sends updates with the token that it is told to use. */
  type Checkpoint = (
    updates: OperationUpdate[],
    token?: string,
  ) => Promise<CheckpointDurableExecutionResponse>;

  function registerLowLevel(engine: Engine, flow: (checkpoint: Checkpoint) => Promise<unknown>) {
    engine.register({
      name: 'low-level',
      executionTimeoutSeconds: 60,
      handler: async (event) => {
        if (!DurableExecutionInvocationInputWithClient.isInstance(event)) throw new TypeError();
        const { DurableExecutionArn, durableExecutionClient } = event;
        const result = await flow((Updates, CheckpointToken = event.CheckpointToken) =>
          durableExecutionClient.checkpoint({ DurableExecutionArn, CheckpointToken, Updates }),
        );
        return { Status: InvocationStatus.SUCCEEDED, Result: JSON.stringify(result) };
      },
    });
  }

  test('may use each token once', async () => {
    const engine = startEngine({});
    registerLowLevel(engine, async (checkpoint) => {
      await checkpoint([]);
      return checkpoint([]).catch(String);
    });

    const run = await runToEnd(engine, 'low-level');

    expect(run.result).toContain('Invalid checkpoint token');
  });

  test('are answered with what changed outside since the answer before', async () => {
    const engine = startEngine({});
    registerLowLevel(engine, async (checkpoint) => {
      const started = await checkpoint([{ Id: 'cb', Type: 'CALLBACK', Action: 'START' }]);
      const [callback] = started.NewExecutionState?.Operations ?? [];
      engine.callbacks.succeed(String(callback?.CallbackDetails?.CallbackId), 'yes');
      const second = await checkpoint([], started.CheckpointToken);
      const third = await checkpoint([], second.CheckpointToken);
      return [second, third].map((answer) => answer.NewExecutionState?.Operations);
    });

    const run = await runToEnd(engine, 'low-level');

    expect(run.result).toMatchObject([
      [{ Id: 'cb', Status: 'SUCCEEDED', CallbackDetails: { Result: 'yes' } }],
      [],
    ]);
  });

  test('of a stopped run are refused and change nothing', async () => {
    const engine = startEngine({});
    const [inside, leave] = [gate(), gate()];
    const { promise: answer, resolve: setAnswer } = Promise.withResolvers<unknown>();
    registerLowLevel(engine, async (checkpoint) => {
      inside.open();
      await leave.passed;
      setAnswer(await checkpoint([{ Id: 's', Type: 'STEP', Action: 'START' }]).catch(String));
    });
    const runId = await startRun(engine, 'low-level');
    await inside.passed;

    await engine.stop(runId, 'enough');
    leave.open();

    expect(await answer).toContain('Invalid checkpoint token');
    expect((await engine.get(runId))?.tasks).toEqual([]);
  });
});
