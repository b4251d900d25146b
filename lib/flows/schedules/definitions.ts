import type { Config } from '../../runtime/config-schema.ts';

/** A flow that is started at fixed intervals. */
export interface ScheduleDefinition {
  /** Names its state: under the same name it goes on where it was. */
  name: string;
  flow: string;
  everyMinutes: number;
  /** Whether the pause of all agents holds it back. */
  startsAgents: boolean;
}

const flowsThatStartAgents: ReadonlySet<string> = new Set(['autonomous-cicd']);

/** The schedules that the configuration has enabled. */
export function scheduleDefinitions({ schedules }: Config): ScheduleDefinition[] {
  return Object.entries(schedules)
    .filter(([, { enabled }]) => enabled)
    .map(([name, { everyMinutes }]) => ({
      name,
      flow: name,
      everyMinutes,
      startsAgents: flowsThatStartAgents.has(name),
    }));
}
