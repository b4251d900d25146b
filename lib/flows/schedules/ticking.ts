import { createHash } from 'node:crypto';
import {
  claimTick,
  completeTick,
  dueSlot,
  noticeAgentsResumed,
  renewCount,
  skipSlot,
  slotOf,
  trustClock,
  withdrawTick,
  type ScheduleState,
} from '../../domain/schedule-rules.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type { RunSummary } from '../../domain/run.ts';
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

/** A tick takes three; more mean that others write all the time. */
const mostPasses = 20;

/**
 * Lets a schedule tick if it is due, and takes up a tick that a process before has left behind. Each pass reads the
 * state, acts, and writes over what it has read: of several processes at the same tick, one claims it and all come to
 * the same run. What dies in between is found and gone on with, as any pass finds what the one before has written.
 * @throws UpstreamError
 */
export async function tickIfDue(
  parts: TickingParts,
  definition: ScheduleDefinition,
): Promise<void> {
  for (let pass = 0; pass < mostPasses; pass += 1) {
    if ((await passOver(parts, definition)) === 'settled') return;
  }
  const message = `The schedule ${definition.name} is being changed all the time.`;
  throw new UpstreamError(message, { service: 'store', retryable: true });
}

async function passOver(
  parts: TickingParts,
  definition: ScheduleDefinition,
): Promise<'settled' | 'changed'> {
  const { now, pause, store } = parts;
  const { everyMinutes, name, startsAgents } = definition;
  const rhythm = { now: now(), everyMinutes };
  const before = await readScheduleState(store, name, rhythm.now);
  const resumedAt = startsAgents ? await pause.resumedAt() : null;
  const known = trustClock(noticeAgentsResumed(before.state, resumedAt, everyMinutes), rhythm);
  const paused = known.paused || (startsAgents && (await pause.get()) !== null);

  const state =
    known.claimedSlot === null
      ? await claimIfDue(parts, definition, { state: known, paused })
      : await startClaimed(parts, definition, { state: known, paused });
  if (state === before.state) return 'settled';
  await writeScheduleState(store, name, { before, state });
  return 'changed';
}

interface Known {
  state: ScheduleState;
  paused: boolean;
}

async function claimIfDue(
  parts: TickingParts,
  definition: ScheduleDefinition,
  { paused, state }: Known,
): Promise<ScheduleState> {
  const { everyMinutes } = definition;
  const slot = paused ? null : dueSlot(state, { now: parts.now(), everyMinutes });
  if (slot === null) return state;
  if (await isBusy(parts, definition, slot)) return skipSlot(state, slot);
  return claimTick(state, slot);
}

/** Whoever has claimed the tick may or may not have started its run. */
async function startClaimed(
  parts: TickingParts,
  definition: ScheduleDefinition,
  { paused, state }: Known,
): Promise<ScheduleState> {
  const { now, runs } = parts;
  const { everyMinutes, flow, name } = definition;
  const runName = tickRunName(parts, definition, state);
  const run = await runs.findByName(runName);
  if (run !== undefined) return completeOrRenew(parts, definition, { run, state });
  if (paused) return withdrawTick(state);
  const slot = slotOf(now(), everyMinutes);
  if (await isBusy(parts, definition, slot)) return skipSlot(state, slot);
  const startedAt = now();
  const cause = { kind: 'schedule', schedule: name } as const;
  const { runId } = await runs.start({ flow, name: runName, input: {}, cause });
  return completeTick(state, { runId, startedAt }, everyMinutes);
}

/** The run of this name, unless it was there before the tick: then the state was taken from an old copy. */
function completeOrRenew(
  { now }: TickingParts,
  { everyMinutes, name }: ScheduleDefinition,
  { run, state }: { run: RunSummary; state: ScheduleState },
): ScheduleState {
  const startedAt = Date.parse(run.startedAt);
  if (startedAt >= (state.claimedSlot ?? 0)) {
    return completeTick(state, { runId: run.id, startedAt }, everyMinutes);
  }
  createLogger().warn('Schedule counts anew: its state is older than its runs', {
    schedule: name,
    runId: run.id,
  });
  return renewCount(state, now());
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
