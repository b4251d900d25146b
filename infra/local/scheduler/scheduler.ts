import { nextSlot } from '../../../lib/domain/schedule-rules.ts';
import type { Schedules } from '../../../lib/ports/schedules.ts';
import { createAwakeWatch } from './awake-watch.ts';
import { createCheckTimer } from './check-timer.ts';
import type { ScheduleDefinition } from '../../../lib/flows/schedules/definitions.ts';
import {
  requireDefinition,
  switchOff,
  switchOn,
} from '../../../lib/flows/schedules/schedule-switches.ts';
import { startByHand } from '../../../lib/flows/schedules/start-by-hand.ts';
import { readScheduleViews } from '../../../lib/flows/schedules/schedule-views.ts';
import { tickIfDue, type TickingParts } from '../../../lib/flows/schedules/ticking.ts';
import { createTurns } from './turns.ts';

export interface SchedulerOptions extends TickingParts {
  definitions: readonly ScheduleDefinition[];
  /** Told about what no caller can be told about: a tick that could not be saved or started. */
  onProblem: (problem: Error) => void;
}

export interface Scheduler extends Schedules {
  /** Since when it has looked at the clock without a gap, in milliseconds since the epoch. */
  awakeSince: () => number;
  /** Acts on what is due now; resolves when that is done. Never throws. */
  check(): Promise<void>;
  /** From now on checks by itself. To be called once. */
  start(): void;
  /** Resolves when no check is under way, nor ever will be. */
  stop(): Promise<void>;
}

/** Starts flows at fixed intervals. What it knows is in the store, so that it goes on after a restart. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { definitions, now, onProblem } = options;
  const inTurn = createTurns();

  const checkOne = async (definition: ScheduleDefinition): Promise<void> => {
    try {
      await inTurn(definition.name, () => tickIfDue(options, definition));
    } catch (error) {
      onProblem(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const awakeSince = createAwakeWatch(now);
  const check = async (): Promise<void> => {
    awakeSince();
    await Promise.all(definitions.map(checkOne));
  };
  const nextDue = () =>
    Math.min(...definitions.map(({ everyMinutes }) => nextSlot({ now: now(), everyMinutes })));
  const timer = createCheckTimer({ check, nextDue, now });

  return {
    ...createActions(options, inTurn),
    awakeSince,
    check,
    start: timer.start,
    stop: timer.stop,
  };
}

/** Whether anything works on a run is not known here: a command without a host comes upon it too. */
const leftBehind = 'If a host has left it behind, npm start goes on with it.';

/** What people look at and ask for. */
function createActions(
  options: SchedulerOptions,
  inTurn: ReturnType<typeof createTurns>,
): Schedules {
  const { definitions } = options;
  return {
    list: () => readScheduleViews(options, definitions),

    run: async (name) => {
      const definition = requireDefinition(definitions, name);
      return inTurn(name, () => startByHand(options.runs, definition, [leftBehind]));
    },

    pause: async (name) => {
      const definition = requireDefinition(definitions, name);
      return inTurn(name, () => switchOff(options, definition));
    },

    resume: async (name) => {
      const definition = requireDefinition(definitions, name);
      return inTurn(name, () => switchOn(options, definition));
    },
  };
}
