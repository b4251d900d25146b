import { expect, test } from 'vitest';
import { createAwakeWatch } from '../../../infra/local/scheduler/awake-watch.ts';

const second = 1_000;
const hour = 3_600_000;
const start = Date.parse('2026-03-02T10:00:00Z');

/** A watch that began at `start`. */
function watchUnderControl() {
  const clock = { now: start };
  const awakeSince = createAwakeWatch(() => clock.now);
  return {
    clock,
    awakeSince,
    /** A look every 15 seconds. */
    work: (milliseconds: number) => {
      for (let passed = 0; passed < milliseconds; passed += 15 * second) {
        clock.now += 15 * second;
        awakeSince();
      }
    },
  };
}

test('counts from its beginning while looks come regularly', () => {
  const { awakeSince, work } = watchUnderControl();
  work(3 * hour);
  expect(awakeSince()).toBe(start);
});

test('forgives looks that come late on a busy machine', () => {
  const { awakeSince, clock } = watchUnderControl();
  clock.now += 60 * second;
  expect(awakeSince()).toBe(start);
});

test.each([
  ['the machine was suspended, or its clock set forward', 2 * hour],
  ['the clock was set back', -2 * hour],
])('counts anew after %s', (_, jump) => {
  const { awakeSince, clock, work } = watchUnderControl();
  work(hour);
  clock.now += jump;
  const awake = clock.now;
  expect(awakeSince()).toBe(awake);
  work(hour);
  expect(awakeSince()).toBe(awake);
});
