import { createHash } from 'node:crypto';
import {
  claimTick,
  completeTick,
  dueSlot,
  newSchedule,
  noticeAgentsResumed,
  renewCount,
  skipSlot,
  slotOf,
  trustClock,
  withdrawTick,
  type ScheduleState,
} from '../../domain/schedule-rules.ts';
import type { StoredAgentPause } from '../agent-pause.ts';
import type { Runs } from '../../ports/runs.ts';
import type { Store } from '../../ports/store.ts';
import { createLogger } from '../../runtime/logging.ts';
import type { ScheduleDefinition } from './definitions.ts';
import { findRunGoingOn } from './flow-runs.ts';
import { readScheduleState, writeScheduleState } from './schedule-states.ts';

export interface TickingParts {
  store: Store;
  runs: Runs;
  pause: StoredAgentPause;
  /** Tells several installations apart. */
  stack: string;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Lets a schedule tick if it is due, and takes up a tick that a process before has left behind. */
export async function tickIfDue(
  parts: TickingParts,
  definition: ScheduleDefinition,
): Promise<void> {
  const { pause, store } = parts;
  const { everyMinutes, name, startsAgents } = definition;
  const rhythm = { now: parts.now(), everyMinutes };
  const stored = (await readScheduleState(store, name)) ?? newSchedule(rhythm.now);
  const resumedAt = startsAgents ? await pause.resumedAt() : null;
  const known = trustClock(noticeAgentsResumed(stored, resumedAt, everyMinutes), rhythm);
  const paused = known.paused || (startsAgents && (await pause.get()) !== null);

  const settled = await takeUpClaim(parts, definition, { state: known, paused });
  const slot = paused ? null : dueSlot(settled, rhythm);
  const after = slot === null ? settled : await tick(parts, definition, { state: settled, slot });
  if (after !== stored) await writeScheduleState(store, name, after);
}

async function tick(
  parts: TickingParts,
  definition: ScheduleDefinition,
  { slot, state }: { slot: number; state: ScheduleState },
): Promise<ScheduleState> {
  if (await isBusy(parts, definition, slot)) return skipSlot(state, slot);
  const claimed = claimTick(state, slot);
  await writeScheduleState(parts.store, definition.name, claimed);
  return startClaimed(parts, definition, claimed);
}

/** What died between the claim and the note of the run may or may not have started the run. */
async function takeUpClaim(
  parts: TickingParts,
  definition: ScheduleDefinition,
  { paused, state }: { paused: boolean; state: ScheduleState },
): Promise<ScheduleState> {
  if (state.claimedSlot === null) return state;
  const { everyMinutes } = definition;
  const run = await parts.runs.findByName(tickRunName(parts, definition, state));
  if (run !== undefined) {
    const startedAt = Date.parse(run.startedAt);
    return completeTick(state, { runId: run.id, startedAt }, everyMinutes);
  }
  if (paused) return withdrawTick(state);
  const slot = slotOf(parts.now(), everyMinutes);
  if (await isBusy(parts, definition, slot)) return skipSlot(state, slot);
  return startClaimed(parts, definition, state);
}

async function startClaimed(
  parts: TickingParts,
  definition: ScheduleDefinition,
  state: ScheduleState,
): Promise<ScheduleState> {
  const { flow, name } = definition;
  const startedAt = parts.now();
  const { created, runId } = await parts.runs.start({
    flow,
    name: tickRunName(parts, definition, state),
    input: {},
    cause: { kind: 'schedule', schedule: name },
  });
  if (created) return completeTick(state, { runId, startedAt }, definition.everyMinutes);
  createLogger().warn('Schedule counts anew: its state is older than its runs', {
    schedule: name,
    runId,
  });
  const renewed = renewCount(state, startedAt);
  await writeScheduleState(parts.store, name, renewed);
  return startClaimed(parts, definition, renewed);
}

async function isBusy(
  { runs }: TickingParts,
  { flow, name }: ScheduleDefinition,
  slot: number,
): Promise<boolean> {
  const run = await findRunGoingOn(runs, flow);
  if (run === undefined) return false;
  createLogger().info('Schedule leaves out a tick because a run is going on', {
    schedule: name,
    slot: new Date(slot).toISOString(),
    runId: run.id,
  });
  return true;
}

function tickRunName(
  { stack }: TickingParts,
  { name }: ScheduleDefinition,
  { since, ticks }: ScheduleState,
): string {
  const parts = JSON.stringify([stack, name, since, ticks]);
  return `tick-${createHash('sha256').update(parts).digest('hex').slice(0, 32)}`;
}
