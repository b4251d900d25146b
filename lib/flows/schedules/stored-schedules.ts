import { RequestRejectedError } from '../../domain/errors.ts';
import type { Runs } from '../../ports/runs.ts';
import type { Schedules } from '../../ports/schedules.ts';
import type { ScheduleDefinition } from './definitions.ts';
import { findRunGoingOn } from './flow-runs.ts';
import {
  createScheduleSwitches,
  requireDefinition,
  type SwitchingParts,
} from './schedule-switches.ts';
import { readScheduleViews } from './schedule-views.ts';

export interface StoredSchedulesParts extends SwitchingParts {
  definitions: readonly ScheduleDefinition[];
  runs: Pick<Runs, 'list' | 'start'>;
}

/** The schedules as the store has them, for where something else makes them tick. */
export function createStoredSchedules(parts: StoredSchedulesParts): Schedules {
  const { definitions, runs } = parts;
  return {
    ...createScheduleSwitches(parts, definitions),
    list: () => readScheduleViews(parts, definitions),

    async run(name) {
      const { flow } = requireDefinition(definitions, name);
      const obstacle = await findRunGoingOn(runs, flow);
      if (obstacle !== undefined) {
        const message = `The run ${obstacle.id} of ${flow} has not ended.`;
        throw new RequestRejectedError('conflict', message);
      }
      const { runId } = await runs.start({
        flow,
        name: `${flow}-${crypto.randomUUID()}`.slice(0, 64),
        input: {},
        cause: { kind: 'cli' },
      });
      return { runId };
    },
  };
}
