import type { Stack } from 'aws-cdk-lib';
import { scheduleDefinitions } from '../../lib/flows/schedules/definitions.ts';
import { DeployedFunction } from '../constructs/deployed-function.ts';
import { nameFlows, readRunHistories, readRunStates, startRuns } from '../constructs/run-access.ts';
import { ScheduleRules } from '../constructs/schedule-rules.ts';
import { recordStatusChanges } from '../constructs/status-changes.ts';
import type { Flows } from './flows.ts';
import type { Foundation } from './foundation.ts';

export interface Routing {
  dispatcher: DeployedFunction;
  schedules: ScheduleRules;
}

/** What starts runs, by an event or the clock, and what records how they go. */
export function addRouting(stack: Stack, foundation: Foundation, flows: Flows): Routing {
  const { bus, deployment, stackName, store } = foundation;
  const scheduled = [flows.autonomousCicd, flows.systemHealth];
  const started = [flows.componentAnalysis, flows.agentSession];
  const all = [...scheduled, ...started];
  const common = { deployment, timeoutSeconds: 60, invokedBy: 'event' } as const;

  const dispatcher = new DeployedFunction(stack, 'Dispatcher', {
    ...common,
    file: 'dispatcher',
    description: 'Decides what an event on the bus is to start, and starts it',
    uses: [stackName, store.readWrite(), startRuns(started)],
  });
  bus.deliverTo(dispatcher);

  const scheduler = new DeployedFunction(stack, 'Scheduler', {
    ...common,
    file: 'scheduler',
    description: 'Starts the flows whose time has come',
    uses: [
      stackName,
      store.readWrite(),
      startRuns(scheduled),
      // Of a run that is listed as going on: is it still?
      readRunHistories(scheduled),
    ],
  });
  const schedules = scheduleDefinitions(deployment.config);
  const rules = new ScheduleRules(stack, 'Schedules', { schedules, scheduler });

  const recorder = new DeployedFunction(stack, 'RunRecorder', {
    ...common,
    file: 'run-recorder',
    description: 'Keeps a record of every run: lists of them are not asked of Lambda',
    uses: [store.readWriteByKey(), nameFlows(all), readRunStates(all), stackName],
  });
  recordStatusChanges(all, recorder);
  return { dispatcher, schedules: rules };
}
