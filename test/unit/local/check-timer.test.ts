import { expect, test } from 'vitest';
import { createCheckTimer } from '../../../infra/local/scheduler/check-timer.ts';

/** A timer whose sleeps and checks the test ends by hand. */
function timerUnderControl(nextDue: () => number) {
  const sleeps: { milliseconds: number; wake: () => void }[] = [];
  const cancelled: number[] = [];
  const checks: (() => void)[] = [];
  const timer = createCheckTimer({
    nextDue,
    now: () => 1_000_000,
    check: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      checks.push(resolve);
      return promise;
    },
    sleep: (milliseconds, wake) => {
      sleeps.push({ milliseconds, wake });
      return () => cancelled.push(milliseconds);
    },
  });
  const endCheck = async () => {
    checks.at(-1)?.();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { timer, sleeps, cancelled, checks, endCheck };
}

test.each([
  ['when the next slot begins', 1_004_000, 4_000],
  ['after 15 seconds, because the clock may be set', 1_900_000, 15_000],
  ['after 15 seconds when there is nothing to wait for', Infinity, 15_000],
  ['soon when a slot has begun meanwhile', 999_000, 1],
])('checks at once, and again %s', async (_, nextDue, milliseconds) => {
  const { checks, endCheck, sleeps, timer } = timerUnderControl(() => nextDue);
  timer.start();
  expect(checks).toHaveLength(1);
  expect(sleeps).toEqual([]);
  await endCheck();
  expect(sleeps).toMatchObject([{ milliseconds }]);
  sleeps[0]?.wake();
  expect(checks).toHaveLength(2);
});

test('stops between two checks', async () => {
  const { cancelled, checks, endCheck, timer } = timerUnderControl(() => 1_004_000);
  timer.start();
  await endCheck();
  await timer.stop();
  expect(cancelled).toEqual([4_000]);
  expect(checks).toHaveLength(1);
});

test('stops when the check under way has ended, and does not sleep again', async () => {
  const { endCheck, sleeps, timer } = timerUnderControl(() => 1_004_000);
  timer.start();
  let stopped = false;
  const stop = timer.stop().then(() => (stopped = true));
  await Promise.resolve();
  expect(stopped).toBe(false);
  await endCheck();
  await stop;
  expect(sleeps).toEqual([]);
});
