import type { Runs } from '../../ports/runs.ts';
import type { Schedules } from '../../ports/schedules.ts';
import type { ScheduleDefinition } from './definitions.ts';
import {
  createScheduleSwitches,
  requireDefinition,
  type SwitchingParts,
} from './schedule-switches.ts';
import { readScheduleViews } from './schedule-views.ts';
import { startByHand } from './start-by-hand.ts';

/** Schedules as the store knows them; their ticks come from elsewhere. */
export function createStoredSchedules(
  parts: SwitchingParts & { runs: Pick<Runs, 'get' | 'list' | 'start'> },
  definitions: readonly ScheduleDefinition[],
): Schedules {
  return {
    ...createScheduleSwitches(parts, definitions),
    list: () => readScheduleViews(parts, definitions),
    run: async (name) => startByHand(parts.runs, requireDefinition(definitions, name)),
  };
}
