import { describe, expect, test } from 'vitest';
import {
  claimTick,
  completeTick,
  dueSlot,
  newSchedule,
  nextSlot,
  noticeAgentsResumed,
  pauseSchedule,
  resumeSchedule,
  scheduleStateSchema,
  scheduleView,
  skipSlot,
  slotOf,
  trustClock,
  type ScheduleState,
} from '../../../lib/domain/schedule-rules.ts';

const everyMinutes = 15;
const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);
const rhythm = (time: string) => ({ now: at(time), everyMinutes });

/** A schedule whose last slot was that of 10:00. */
function schedule(overrides: Partial<ScheduleState> = {}): ScheduleState {
  return {
    ...newSchedule(at('08:00:00')),
    ticks: 9,
    lastTickAt: at('10:00:00'),
    lastRunId: 'run-9',
    settledSlot: at('10:00:00'),
    ...overrides,
  };
}

describe('slots', () => {
  test.each([
    [1, '10:07:59', '10:07:00'],
    [15, '10:14:59.999', '10:00:00'],
    [15, '10:15:00', '10:15:00'],
    [60, '10:59:00', '10:00:00'],
    [1_440, '23:59:59', '00:00:00'],
  ])('every %d minutes: the slot of %s began at %s', (minutes, time, slot) => {
    expect(slotOf(at(time), minutes)).toBe(at(slot));
  });

  test('the next slot is never the present one', () => {
    expect(nextSlot(rhythm('10:15:00'))).toBe(at('10:30:00'));
    expect(nextSlot(rhythm('10:14:59.999'))).toBe(at('10:15:00'));
  });
});

describe('what is due', () => {
  test('a new schedule, at once', () => {
    expect(dueSlot(newSchedule(at('10:07:00')), rhythm('10:07:00'))).toBe(at('10:00:00'));
  });

  test.each([
    ['nothing in a slot that is dealt with', '10:14:59', null],
    ['the next slot as it begins', '10:15:00', '10:15:00'],
    ['of several missed slots the last', '13:20:00', '13:15:00'],
    ['nothing when the clock is set back', '09:50:00', null],
  ])('%s', (_, time, slot) => {
    expect(dueSlot(schedule(), rhythm(time))).toBe(slot === null ? null : at(slot));
  });
});

describe('a clock that is set back', () => {
  test('by an interval or less makes the schedule wait', () => {
    expect(trustClock(schedule(), rhythm('09:45:00'))).toEqual(schedule());
  });

  test('by more lets it go on after the present slot', () => {
    const state = trustClock(schedule(), rhythm('09:44:59'));
    expect(dueSlot(state, rhythm('09:44:59'))).toBeNull();
    expect(dueSlot(state, rhythm('09:45:00'))).toBe(at('09:45:00'));
  });
});

describe('a tick', () => {
  test('has a number of its own and is over for its slot before its run is started', () => {
    const claimed = claimTick(schedule(), at('10:15:00'));
    expect(claimed).toMatchObject({ ticks: 10, claimedSlot: at('10:15:00'), lastRunId: 'run-9' });
    expect(dueSlot(claimed, rhythm('10:15:01'))).toBeNull();
  });

  test('that was started in time leaves the next slot to come', () => {
    const claimed = claimTick(schedule(), at('10:15:00'));
    const run = { runId: 'run-10', startedAt: at('10:15:01') };
    const done = completeTick(claimed, run, everyMinutes);
    expect(done).toMatchObject({
      claimedSlot: null,
      lastTickAt: at('10:15:00'),
      lastRunId: 'run-10',
    });
    expect(dueSlot(done, rhythm('10:30:00'))).toBe(at('10:30:00'));
  });

  test('that was started late stands for the slots until then', () => {
    const claimed = claimTick(schedule(), at('10:15:00'));
    const run = { runId: 'run-10', startedAt: at('11:01:00') };
    const done = completeTick(claimed, run, everyMinutes);
    expect(done.lastTickAt).toBe(at('10:15:00'));
    expect(dueSlot(done, rhythm('11:01:00'))).toBeNull();
  });

  test('that is left out is counted and not made up for', () => {
    const claimed = claimTick(schedule(), at('10:15:00'));
    const skipped = skipSlot(claimed, at('10:30:00'));
    expect(skipped).toMatchObject({ skipped: 1, claimedSlot: null });
    expect(dueSlot(skipped, rhythm('10:44:00'))).toBeNull();
  });
});

describe('after a pause', () => {
  test('the schedule ticks in the next slot, whatever was missed or claimed', () => {
    const paused = pauseSchedule(claimTick(schedule(), at('10:15:00')));
    const resumed = resumeSchedule(paused, rhythm('12:05:00'));
    expect(resumed).toMatchObject({ paused: false, claimedSlot: null });
    expect(dueSlot(resumed, rhythm('12:06:00'))).toBeNull();
    expect(dueSlot(resumed, rhythm('12:15:00'))).toBe(at('12:15:00'));
  });

  test('a schedule that was not paused still makes up for what it missed', () => {
    expect(resumeSchedule(schedule(), rhythm('12:05:00'))).toEqual(schedule());
  });

  test('of all agents it ticks in the slot after the pause, noticed however late', () => {
    const claimed = claimTick(schedule(), at('10:15:00'));
    const resumed = noticeAgentsResumed(claimed, at('12:05:00'), everyMinutes);
    expect(resumed.claimedSlot).toBeNull();
    expect(dueSlot(resumed, rhythm('12:14:00'))).toBeNull();
    expect(dueSlot(resumed, rhythm('12:15:00'))).toBe(at('12:15:00'));
  });

  test('of all agents that was noticed before nothing changes', () => {
    const state = noticeAgentsResumed(schedule(), at('12:05:00'), everyMinutes);
    const later = claimTick(state, at('12:15:00'));
    expect(noticeAgentsResumed(later, at('12:05:00'), everyMinutes)).toBe(later);
    expect(noticeAgentsResumed(later, null, everyMinutes)).toBe(later);
  });
});

const view = (state: ScheduleState, time: string, held = false) =>
  scheduleView(state, { ...rhythm(time), name: 'autonomous-cicd', held });

describe('the view', () => {
  test('shows the last and the next tick', () => {
    expect(view(schedule({ skipped: 2 }), '10:07:00')).toEqual({
      name: 'autonomous-cicd',
      everyMinutes,
      paused: false,
      lastTickAt: '2026-03-02T10:00:00.000Z',
      lastRunId: 'run-9',
      nextTickAt: '2026-03-02T10:15:00.000Z',
      skipped: 2,
    });
  });

  test.each([
    { what: 'a missed tick', state: schedule(), time: '12:20:00', next: '12:15:00' },
    { what: 'a new schedule', state: newSchedule(0), time: '12:20:00', next: '12:15:00' },
    { what: 'a little set back', state: schedule(), time: '09:50:00', next: '10:15:00' },
    { what: 'far set back', state: schedule(), time: '08:01:00', next: '08:15:00' },
  ])('shows when it ticks next: $what', ({ next, state, time }) => {
    expect(view(state, time).nextTickAt).toBe(new Date(at(next)).toISOString());
  });

  test('shows the next tick of a rhythm that has changed', () => {
    const settled = schedule({ settledSlot: at('10:45:00') });
    const daily = { now: at('11:00:00'), everyMinutes: 1_440, name: 'daily', held: false };
    expect(scheduleView(settled, daily).nextTickAt).toBe('2026-03-03T00:00:00.000Z');
  });

  test('shows no next tick while the schedule or all agents are paused', () => {
    expect(view(pauseSchedule(schedule()), '10:07:00')).toMatchObject({
      paused: true,
      nextTickAt: null,
    });
    expect(view(schedule(), '10:07:00', true)).toMatchObject({ paused: false, nextTickAt: null });
  });
});

test('what the rules make can be stored and read', () => {
  for (const state of [newSchedule(at('10:00:00')), schedule({ claimedSlot: at('10:15:00') })]) {
    expect(scheduleStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  }
});
