import type { Stack } from 'aws-cdk-lib';
import { scheduleDefinitions } from '../../lib/flows/schedules/definitions.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { SystemAlarms } from '../constructs/alarms/system-alarms.ts';
import { addDashboard } from '../constructs/dashboard.ts';
import { functionsIn } from '../constructs/deployed-function.ts';
import { flowsIn } from '../constructs/durable-flow.ts';
import type { WebhookApi } from '../constructs/webhook-api.ts';
import type { Flows } from './flows.ts';
import type { Foundation } from './foundation.ts';
import type { Routing } from './routing.ts';

/** What looks after all that is in the stack by then. */
export function addWatching(
  stack: Stack,
  foundation: Foundation,
  { api, flows, routing }: { api: WebhookApi; flows: Flows; routing: Routing },
): AlarmTopic {
  const { deployment, store } = foundation;
  const told = new AlarmTopic(stack, 'Alarms', deployment);
  const system = {
    stackName: deployment.stage.stackName,
    api,
    functions: functionsIn(stack),
    flows: flowsIn(stack),
    dispatcher: routing.dispatcher,
    agents: deployment.config.agents,
    asking: flows.componentAnalysis,
    schedules: scheduleDefinitions(deployment.config),
  };
  const alarms = new SystemAlarms(stack, 'Watch', { ...system, topic: told.topic });
  addDashboard(stack, { ...system, alarms, store });
  return told;
}
