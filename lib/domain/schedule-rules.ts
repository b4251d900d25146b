import { z } from 'zod';
import type { ScheduleView } from './schedule.ts';

/** What is kept of a schedule. All times in milliseconds since the epoch. */
export const scheduleStateSchema = z.object({
  /** When the count of ticks began: tells this count from one that was lost. */
  since: z.int(),
  /** Ticks so far. The number, not the slot, names a run: slots come again when a clock is set back. */
  ticks: z.int(),
  /** Slot of a tick that has been decided on and whose run is not known to be started. */
  claimedSlot: z.int().nullable(),
  /** Slot of the last tick whose run was started. */
  lastTickAt: z.int().nullable(),
  lastRunId: z.string().nullable(),
  /** The last slot that is dealt with, be it by a tick or by leaving it out. */
  settledSlot: z.int().nullable(),
  /** Slots left out because a run was going on. */
  skipped: z.int(),
  paused: z.boolean(),
  /** The end of the pause of all agents that was reckoned with last; null when none was. */
  agentsResumedAt: z.int().nullable(),
});
export type ScheduleState = z.infer<typeof scheduleStateSchema>;

export function newSchedule(now: number): ScheduleState {
  return {
    since: now,
    ticks: 0,
    claimedSlot: null,
    lastTickAt: null,
    lastRunId: null,
    settledSlot: null,
    skipped: 0,
    paused: false,
    agentsResumedAt: null,
  };
}

/** The present time and how often the schedule ticks. */
export interface Rhythm {
  now: number;
  everyMinutes: number;
}

/** Slots begin at multiples of the interval since the epoch. */
export function slotOf(time: number, everyMinutes: number): number {
  const interval = intervalOf(everyMinutes);
  return Math.floor(time / interval) * interval;
}

/** When the next slot begins. */
export function nextSlot({ everyMinutes, now }: Rhythm): number {
  return slotOf(now, everyMinutes) + intervalOf(everyMinutes);
}

/** The slot that is to tick now; null when it has been dealt with. Of missed slots only the last ticks. */
export function dueSlot({ settledSlot }: ScheduleState, { everyMinutes, now }: Rhythm) {
  const slot = slotOf(now, everyMinutes);
  return settledSlot === null || slot > settledSlot ? slot : null;
}

/**
 * A clock that is set back a little repeats no slot: the schedule waits until time has caught up. A last
 * slot further ahead than that was never real time, so the schedule goes on from the present one.
 */
export function trustClock(state: ScheduleState, { everyMinutes, now }: Rhythm): ScheduleState {
  const slot = slotOf(now, everyMinutes);
  const ahead = (state.settledSlot ?? slot) - slot;
  return ahead > intervalOf(everyMinutes) ? { ...state, settledSlot: slot } : state;
}

/** Decides on a tick. What dies from here on finds the claim and starts the run by the same name. */
export function claimTick(state: ScheduleState, slot: number): ScheduleState {
  return { ...state, ticks: state.ticks + 1, claimedSlot: slot, settledSlot: slot };
}

/**
 * Begins the count anew, with the claimed tick as its first: the present count was taken from a file older
 * than the runs, which know its numbers already.
 */
export function renewCount(state: ScheduleState, now: number): ScheduleState {
  return { ...state, since: Math.max(now, state.since + 1), ticks: 1 };
}

/** The claimed tick has its run. One that was started late stands for the slots missed until then. */
export function completeTick(
  state: ScheduleState,
  run: { runId: string; startedAt: number },
  everyMinutes: number,
): ScheduleState {
  return {
    ...settle(state, slotOf(run.startedAt, everyMinutes)),
    claimedSlot: null,
    lastTickAt: state.claimedSlot,
    lastRunId: run.runId,
  };
}

/** The claimed tick is not to have a run any more. */
export function withdrawTick(state: ScheduleState): ScheduleState {
  return { ...state, claimedSlot: null };
}

/** Leaves a slot out, claimed or not, because a run is going on. */
export function skipSlot(state: ScheduleState, slot: number): ScheduleState {
  return { ...withdrawTick(settle(state, slot)), skipped: state.skipped + 1 };
}

export function pauseSchedule(state: ScheduleState): ScheduleState {
  return { ...state, paused: true };
}

/** The first tick is in the next slot: what was missed meanwhile was not wanted. */
export function resumeSchedule(state: ScheduleState, rhythm: Rhythm): ScheduleState {
  if (!state.paused) return state;
  const settled = settle(state, slotOf(rhythm.now, rhythm.everyMinutes));
  return { ...withdrawTick(settled), paused: false };
}

/**
 * The same for a schedule that was held back by the pause of all agents, which knows no schedules.
 * @param resumedAt when that pause ended last
 */
export function noticeAgentsResumed(
  state: ScheduleState,
  resumedAt: number | null,
  everyMinutes: number,
): ScheduleState {
  if (resumedAt === null || resumedAt === state.agentsResumedAt) return state;
  const slot = slotOf(resumedAt, everyMinutes);
  return { ...withdrawTick(settle(state, slot)), agentsResumedAt: resumedAt };
}

function settle(state: ScheduleState, slot: number): ScheduleState {
  return { ...state, settledSlot: Math.max(slot, state.settledSlot ?? slot) };
}

/** @param held whether the pause of all agents holds the schedule back */
export function scheduleView(
  state: ScheduleState,
  { everyMinutes, held, name, now }: Rhythm & { name: string; held: boolean },
): ScheduleView {
  const rhythm = { everyMinutes, now };
  const { settledSlot } = trustClock(state, rhythm);
  // A slot that was settled in another rhythm need not be one of this.
  const next =
    dueSlot({ ...state, settledSlot }, rhythm) ??
    nextSlot({ now: settledSlot ?? now, everyMinutes });
  return {
    name,
    everyMinutes,
    paused: state.paused,
    lastTickAt: state.lastTickAt === null ? null : new Date(state.lastTickAt).toISOString(),
    lastRunId: state.lastRunId,
    nextTickAt: state.paused || held ? null : new Date(next).toISOString(),
    skipped: state.skipped,
  };
}

function intervalOf(everyMinutes: number): number {
  return everyMinutes * 60_000;
}
