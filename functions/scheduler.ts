import { z } from 'zod';
import { createAgentPause } from '../lib/flows/agent-pause.ts';
import { scheduleDefinitions } from '../lib/flows/schedules/definitions.ts';
import { requireDefinition } from '../lib/flows/schedules/schedule-switches.ts';
import { readScheduleViews } from '../lib/flows/schedules/schedule-views.ts';
import { tickIfDue } from '../lib/flows/schedules/ticking.ts';
import { countMetric } from '../lib/runtime/metrics.ts';
import { onceUnlessFailed } from '../lib/runtime/once-unless-failed.ts';
import { deployedServices } from './services/deployed-services.ts';

/** The constant input of the rules, one rule a schedule. */
const eventSchema = z.object({ schedule: z.string() });

const services = onceUnlessFailed(async () => {
  const { config, runs, stack, store } = await deployedServices([
    'config',
    'runs',
    'stack',
    'store',
  ]);
  const pause = createAgentPause(store, Date.now);
  return {
    ticking: { runs, stack, store, pause, now: Date.now },
    definitions: scheduleDefinitions(config.config),
  };
});

/** Lets a schedule tick when its rule says that it may be time. */
export async function handler(event: unknown): Promise<void> {
  const { definitions, ticking } = await services();
  const definition = requireDefinition(definitions, eventSchema.parse(event).schedule);
  await tickIfDue(ticking, definition);
  countMetric('ScheduleTicked', { schedule: definition.name });
  for (const { name, paused } of await readScheduleViews(ticking, definitions)) {
    // Its own rule is disabled, and nobody is to miss it.
    if (paused && name !== definition.name) countMetric('ScheduleTicked', { schedule: name });
  }
}
