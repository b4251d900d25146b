import { RequestRejectedError } from '../../domain/errors.ts';
import { pauseSchedule, resumeSchedule, type ScheduleState } from '../../domain/schedule-rules.ts';
import type { ScheduleView } from '../../domain/schedule.ts';
import type { Schedules } from '../../ports/schedules.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleDefinition } from './definitions.ts';
import { readScheduleState, writeScheduleState } from './schedule-states.ts';
import { readScheduleView, type ViewingParts } from './schedule-views.ts';

export interface SwitchingParts extends ViewingParts {
  store: Pick<Store, 'add' | 'get' | 'put'>;
}

export type ScheduleSwitches = Pick<Schedules, 'pause' | 'resume'>;

/** Pauses and resumes schedules in the store; a tick at the same time gives way. */
export function createScheduleSwitches(
  parts: SwitchingParts,
  definitions: readonly ScheduleDefinition[],
): ScheduleSwitches {
  return {
    pause: async (name) => switchOff(parts, requireDefinition(definitions, name)),
    resume: async (name) => switchOn(parts, requireDefinition(definitions, name)),
  };
}

/** Lets a schedule tick no more. */
export function switchOff(
  parts: SwitchingParts,
  definition: ScheduleDefinition,
): Promise<ScheduleView> {
  return changeState(parts, definition, pauseSchedule);
}

/** Lets a schedule tick again. */
export function switchOn(
  parts: SwitchingParts,
  definition: ScheduleDefinition,
): Promise<ScheduleView> {
  const { everyMinutes } = definition;
  return changeState(parts, definition, (state) =>
    resumeSchedule(state, { now: parts.now(), everyMinutes }),
  );
}

async function changeState(
  parts: SwitchingParts,
  definition: ScheduleDefinition,
  change: (state: ScheduleState) => ScheduleState,
): Promise<ScheduleView> {
  const { now, store } = parts;
  const { name } = definition;
  for (;;) {
    const before = await readScheduleState(store, name, now());
    const state = change(before.state);
    const written = state === before.state || writeScheduleState(store, name, { before, state });
    // A tick may write at the same time.
    if (await written) return readScheduleView(parts, definition);
  }
}

/** @throws RequestRejectedError that names those there are */
export function requireDefinition(
  definitions: readonly ScheduleDefinition[],
  name: string,
): ScheduleDefinition {
  const found = definitions.find((definition) => definition.name === name);
  if (found !== undefined) return found;
  const known = definitions.map((definition) => definition.name).join(', ');
  const problem = `There is no schedule ${name}. Enabled: ${known === '' ? 'none' : known}.`;
  throw new RequestRejectedError('not-found', problem);
}
