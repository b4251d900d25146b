import { expect, test } from 'vitest';
import { createTimers } from '../../../infra/local/engine/timers.ts';

/** Timers on a clock and an alarm that only the test moves. */
function timersOnTestClock() {
  const clock = { now: 1_000_000 };
  const due = new Set<number>();
  const fired: number[] = [];
  const sleeps: number[] = [];
  const problems: string[] = [];
  let alarm: (() => void) | undefined;
  let broken = false;
  const timers = createTimers({
    now: () => clock.now,
    nextDue: () => (due.size === 0 ? null : Math.min(...due)),
    runDue(now) {
      if (broken) throw new Error('the disk is full');
      for (const at of due) {
        if (at > now) continue;
        due.delete(at);
        fired.push(at);
      }
    },
    onProblem: (problem) => problems.push(problem.message),
    sleep(milliseconds, wake) {
      sleeps.push(milliseconds);
      alarm = wake;
      return () => {
        alarm = undefined;
      };
    },
  });
  return {
    timers,
    clock,
    fired,
    sleeps,
    problems,
    expectAt: (at: number) => {
      due.add(at);
      timers.expect(at);
    },
    ring: () => alarm?.(),
    isArmed: () => alarm !== undefined,
    breakStorage: (value: boolean) => {
      broken = value;
    },
  };
}

test('the alarm is set for the earliest time', () => {
  const { expectAt, sleeps, clock } = timersOnTestClock();
  expectAt(clock.now + 5_000);
  expectAt(clock.now + 9_000);
  expectAt(clock.now + 2_000);
  expect(sleeps).toEqual([5_000, 2_000]);
});

test('far times are slept towards in pieces, so that no delay overflows', () => {
  const { expectAt, sleeps, clock, ring, fired } = timersOnTestClock();
  expectAt(clock.now + 90 * 24 * 60 * 60 * 1000);
  clock.now += 60_000;
  ring();
  expect(sleeps).toEqual([60_000, 60_000]);
  expect(fired).toEqual([]);
});

test('a clock that jumps ahead fires at the next look and loses nothing', () => {
  const { expectAt, clock, ring, fired } = timersOnTestClock();
  const [first, second] = [clock.now + 10_000, clock.now + 3_600_000];
  expectAt(first);
  expectAt(second);
  clock.now += 7_200_000;
  ring();
  expect(fired).toEqual([first, second]);
});

test('a clock that jumps back sleeps on without spinning', () => {
  const { expectAt, clock, ring, fired, sleeps } = timersOnTestClock();
  expectAt(clock.now + 1_000);
  clock.now -= 30_000;
  ring();
  expect(fired).toEqual([]);
  expect(sleeps).toEqual([1_000, 31_000]);
});

test('what is due already does not wait for the alarm', () => {
  const { timers, expectAt, clock, fired } = timersOnTestClock();
  expectAt(clock.now + 1_000);
  timers.runDue();
  clock.now += 1_000;
  timers.runDue();
  expect(fired).toEqual([clock.now]);
});

test('a storage that fails is reported and tried again', () => {
  const { expectAt, clock, ring, fired, problems, breakStorage } = timersOnTestClock();
  expectAt(clock.now + 1_000);
  clock.now += 1_000;
  breakStorage(true);
  ring();
  breakStorage(false);
  clock.now += 1_000;
  ring();
  expect(problems).toEqual(['the disk is full']);
  expect(fired).toHaveLength(1);
});

test('after stop nothing is armed any more', () => {
  const { timers, expectAt, clock, isArmed } = timersOnTestClock();
  expectAt(clock.now + 1_000);
  timers.stop();
  expectAt(clock.now + 500);
  expect(isArmed()).toBe(false);
});
