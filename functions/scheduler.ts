import { z } from 'zod';
import { createAgentPause } from '../lib/flows/agent-pause.ts';
import { scheduleDefinitions } from '../lib/flows/schedules/definitions.ts';
import { requireDefinition } from '../lib/flows/schedules/schedule-switches.ts';
import { tickIfDue } from '../lib/flows/schedules/ticking.ts';
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
  const { schedule } = eventSchema.parse(event);
  await tickIfDue(ticking, requireDefinition(definitions, schedule));
}
