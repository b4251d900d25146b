import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { inState, runToEnd, startEngine, startRun, type TestFlow } from './engine-fixture.ts';

const hour = 60 * 60 * 1000;

const unfinished = () => new Promise(() => {});
const own: TestFlow = async (_, context) => {
  await context.wait({ seconds: 1 });
  return 42;
};

test('an engine for its own runs leaves what is there to the next engine', async () => {
  const databaseFile = join(temporaryFolder(), 'cicd.db');
  const flows = { answer: async () => 42 };
  const first = startEngine({ answer: unfinished }, { databaseFile });
  const left = await startRun(first, 'answer');
  await inState(first, left, 'running');
  first.close();

  const second = startEngine(flows, { databaseFile, ownRunsOnly: true });
  expect(await runToEnd(second, 'answer')).toMatchObject({ state: 'succeeded', result: 42 });
  expect(await second.get(left)).toMatchObject({ state: 'running' });
  second.close();

  const third = startEngine(flows, { databaseFile });
  expect(await third.waitForRun(left)).toMatchObject({ state: 'succeeded', result: 42 });
});

test('an engine for its own runs lets the time of others pass', async () => {
  const databaseFile = join(temporaryFolder(), 'cicd.db');
  const first = startEngine(
    { unfinished, sleep: async (_, context) => context.wait({ seconds: 2 }) },
    { databaseFile, now: () => Date.now() - hour },
  );
  const expired = await startRun(first, 'unfinished');
  const waiting = await startRun(first, 'sleep');
  await inState(first, expired, 'running');
  await inState(first, waiting, 'waiting');
  first.close();

  const second = startEngine({ own, unfinished }, { databaseFile, ownRunsOnly: true });
  expect(await runToEnd(second, 'own')).toMatchObject({ state: 'succeeded', result: 42 });
  expect(await second.get(expired)).toMatchObject({ state: 'running' });
  expect(await second.get(waiting)).toMatchObject({ state: 'waiting' });
});
