import type { ScheduleView } from '../../domain/schedule.ts';
import { noticeAgentsResumed, scheduleView } from '../../domain/schedule-rules.ts';
import type { StoredAgentPause } from '../agent-pause.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleDefinition } from './definitions.ts';
import { readScheduleState } from './schedule-states.ts';

export interface ViewingParts {
  store: Pick<Store, 'get'>;
  pause: Pick<StoredAgentPause, 'get' | 'resumedAt'>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** A schedule as it stands; writes nothing, so that it may read the store of another process. */
export async function readScheduleView(
  { now, pause, store }: ViewingParts,
  { everyMinutes, name, startsAgents }: ScheduleDefinition,
): Promise<ScheduleView> {
  const rhythm = { now: now(), everyMinutes };
  const stored = (await readScheduleState(store, name, rhythm.now)).state;
  const held = startsAgents && (await pause.get()) !== null;
  const resumedAt = startsAgents ? await pause.resumedAt() : null;
  const state = noticeAgentsResumed(stored, resumedAt, everyMinutes);
  return scheduleView(state, { ...rhythm, name, held });
}

/** In the order of their definitions. */
export function readScheduleViews(
  parts: ViewingParts,
  definitions: readonly ScheduleDefinition[],
): Promise<ScheduleView[]> {
  return Promise.all(definitions.map((definition) => readScheduleView(parts, definition)));
}
