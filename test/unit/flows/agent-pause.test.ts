import { onTestFinished, expect, test } from 'vitest';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { createAgentPause } from '../../../lib/flows/agent-pause.ts';

function pauseUnderClock() {
  const clock = { now: Date.parse('2026-03-02T10:00:00Z') };
  const store = openSqliteStore(':memory:');
  onTestFinished(() => store.close());
  return { clock, store, pause: createAgentPause(store, () => clock.now) };
}

test('is off until someone switches it on', async () => {
  const { pause } = pauseUnderClock();
  expect(await pause.get()).toBeNull();
  expect(await pause.resumedAt()).toBeNull();
});

test('holds since it was first asked for', async () => {
  const { clock, pause } = pauseUnderClock();
  const since = '2026-03-02T10:00:00.000Z';
  expect(await pause.pause()).toEqual({ since });
  clock.now += 60_000;
  expect(await pause.pause()).toEqual({ since });
  expect(await pause.get()).toEqual({ since });
});

test('is known to whoever reads the store later', async () => {
  const { clock, pause, store } = pauseUnderClock();
  await pause.pause();
  const other = createAgentPause(store, () => clock.now);
  expect(await other.get()).toEqual({ since: '2026-03-02T10:00:00.000Z' });
});

test('remembers when it ended, and only then', async () => {
  const { clock, pause } = pauseUnderClock();
  await pause.resume();
  expect(await pause.resumedAt()).toBeNull();

  await pause.pause();
  clock.now += 60_000;
  await pause.resume();
  const ended = clock.now;
  expect(await pause.get()).toBeNull();
  expect(await pause.resumedAt()).toBe(ended);

  clock.now += 60_000;
  await pause.resume();
  expect(await pause.resumedAt()).toBe(ended);
  await pause.pause();
  expect(await pause.resumedAt()).toBe(ended);
});
