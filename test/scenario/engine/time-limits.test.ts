import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { gate, inState, startEngine, startRun, type TestFlow } from './engine-fixture.ts';

const second = 1_000;

/** Engines that invoke one run at a time, under a clock that the test sets. */
function enginesUnderControl() {
  const clock = { now: Date.parse('2026-03-02T10:00:00Z') };
  const start = (flow: TestFlow, databaseFile = join(temporaryFolder(), 'cicd.db')) =>
    startEngine(
      { flow },
      {
        databaseFile,
        now: () => clock.now,
        concurrency: { total: 1 },
        executionTimeoutSeconds: 60,
      },
    );
  return { clock, start };
}

test('a run does not age in the queue', async () => {
  const { clock, start } = enginesUnderControl();
  const gates = [gate(), gate()];
  const engine = start(async ({ number }, context) =>
    context.step('work', async () => gates[Number(number)]?.passed),
  );
  const first = await startRun(engine, 'flow', { number: 0 });
  await inState(engine, first, 'running');
  const queued = await startRun(engine, 'flow', { number: 1 });
  clock.now += 40 * second;
  gates[0]?.open();
  await inState(engine, queued, 'running');
  clock.now += 40 * second;
  gates[1]?.open();

  expect(await engine.waitForRun(first)).toMatchObject({ state: 'succeeded' });
  expect(await engine.waitForRun(queued)).toMatchObject({ state: 'succeeded' });
});

test('a restart gives a run that has begun no more time, and takes none from one that has not', async () => {
  const { clock, start } = enginesUnderControl();
  const databaseFile = join(temporaryFolder(), 'cicd.db');
  const before = start(
    (_input, context) => context.step('hang', () => gate().passed),
    databaseFile,
  );
  const begun = await startRun(before, 'flow');
  await inState(before, begun, 'running');
  const queued = await startRun(before, 'flow');
  before.close();
  clock.now += 61 * second;

  const engine = start(async () => 'done', databaseFile);
  expect(await engine.waitForRun(begun)).toMatchObject({ state: 'timed_out' });
  expect(await engine.waitForRun(queued)).toMatchObject({ state: 'succeeded' });
});
