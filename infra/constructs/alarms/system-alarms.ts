import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import type { ScheduleDefinition } from '../../../lib/flows/schedules/definitions.ts';
import type { DeployedFunction } from '../deployed-function.ts';
import type { DurableFlow } from '../durable-flow.ts';
import type { WebhookApi } from '../webhook-api.ts';
import { watchAgents } from './agent-alarms.ts';
import { AlarmMaker } from './alarm-maker.ts';
import { watchRuns, watchSchedules } from './flow-alarms.ts';
import { watchEventAge, watchFunctions, watchThrottles } from './function-alarms.ts';
import { watchIngress } from './ingress-alarms.ts';

/** All that is looked at: a function or a schedule that is added is in it. */
export interface WatchedSystem {
  /** Name of the stack, which the names of alarms begin with. */
  stackName: string;
  /** Told when an alarm goes off, and when it is over. */
  topic: Topic;
  api: WebhookApi;
  functions: readonly DeployedFunction[];
  flows: readonly DurableFlow[];
  /** Decides what a delivery starts. */
  dispatcher: DeployedFunction;
  /** Agents, and the function that asks them. */
  agents: Config['agents'];
  asking: DeployedFunction;
  /** Those that the configuration enables. */
  schedules: readonly ScheduleDefinition[];
}

/** Every alarm of the system; infra/RUNBOOK.md has an article for each kind. */
export class SystemAlarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, system: WatchedSystem) {
    super(scope, id);
    const { dispatcher, flows, schedules, stackName } = system;
    const maker = new AlarmMaker(this, 'Of', { topic: system.topic, prefix: stackName });
    watchIngress(maker, stackName, system.api);
    watchFunctions(maker, system.functions);
    watchThrottles(maker, dispatcher);
    watchEventAge(maker, dispatcher);
    watchRuns(maker, stackName, flows);
    watchAgents(maker, stackName, system);
    watchSchedules(maker, schedules, flows);
    this.alarms = maker.alarms;
  }
}
