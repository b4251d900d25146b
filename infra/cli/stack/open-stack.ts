import { createRuleSchedules } from '../../../lib/adapters/aws/schedules/rule-schedules.ts';
import { createSdkCalls } from '../../../lib/adapters/aws/calls/sdk-calls.ts';
import { createAwsRuns, type AwsRuns } from '../../../lib/adapters/aws/durable/runs.ts';
import { createDynamodbStore } from '../../../lib/adapters/aws/dynamodb/store.ts';
import { createS3Blobs } from '../../../lib/adapters/aws/s3/blobs.ts';
import { createAwsSecrets } from '../../../lib/adapters/aws/secrets/secret-store.ts';
import { createAgentPause, type AgentPause } from '../../../lib/flows/agent-pause.ts';
import { scheduleDefinitions } from '../../../lib/flows/schedules/definitions.ts';
import { createStoredSchedules } from '../../../lib/flows/schedules/stored-schedules.ts';
import type { Blobs } from '../../../lib/ports/blobs.ts';
import type { Schedules } from '../../../lib/ports/schedules.ts';
import type { SecretPresence, SecretStore } from '../../../lib/ports/secret-store.ts';
import type { Store } from '../../../lib/ports/store.ts';
import { setLogSink } from '../../../lib/runtime/logging.ts';
import { deployedConfigurationDigest } from '../../desk/configuration-digest.ts';
import type { StackOutputs } from '../../stack-outputs.ts';
import { textSink } from '../../local/text-log.ts';
import type { Settings } from '../settings.ts';
import { printProgress } from '../output.ts';
import { createAwsClients, type AwsClients } from './aws-clients.ts';
import { describeStack, type DescribedStack } from './describe-stack.ts';

/** A deployed stack, from the operator's machine and with the operator's own rights. */
export interface OpenStack {
  stack: DescribedStack;
  clients: AwsClients;
  store: Store;
  blobs: Blobs;
  runs: AwsRuns;
  schedules: Schedules;
  pause: AgentPause;
  secrets: SecretStore & SecretPresence;
}

const otherConfiguration =
  'The stack was deployed with another configuration than the present one: deploy it for changes to count.';

const opened = new Map<string, Promise<OpenStack>>();

/**
 * Finds a stack and what it is made of; a command that asks twice gets the same.
 * @throws RequestRejectedError where there is none that can be worked with; errors of the SDK for what
 *   `explainAwsError` explains
 */
export function openStack(settings: Pick<Settings, 'config'>, name: string): Promise<OpenStack> {
  const known = opened.get(name) ?? findStack(settings, name);
  opened.set(name, known);
  return known;
}

async function findStack(settings: Pick<Settings, 'config'>, name: string): Promise<OpenStack> {
  // What is logged keeps out of the command's result.
  setLogSink(textSink(process.stderr));
  const clients = createAwsClients();
  const stack = await describeStack(clients.cloudFormation, name);
  const { config } = settings.config;
  if (!isDeployedWith(stack, settings)) printProgress(otherConfiguration);
  const { outputs } = stack;
  const store = createDynamodbStore({ client: clients.dynamodb, table: outputs.Table });
  const runs = createAwsRuns({
    lambda: clients.lambda,
    logs: clients.logs,
    store,
    flows: outputs.Flows,
    logGroups: logGroupsOf(outputs),
    retentionDays: config.runs.retentionDays,
  });
  const pause = createAgentPause(store, Date.now);
  return {
    stack,
    clients,
    store,
    blobs: createS3Blobs({ client: clients.s3, bucket: outputs.Bucket }),
    runs,
    pause,
    schedules: createRuleSchedules({
      eventBridge: clients.eventBridge,
      rules: outputs.ScheduleRules,
      schedules: createStoredSchedules(
        { pause, runs, store, now: Date.now },
        scheduleDefinitions(config),
      ),
    }),
    secrets: createAwsSecrets({ calls: createSdkCalls(clients), prefix: outputs.SecretsPrefix }),
  };
}

/** Whether the configuration at hand is the one that the stack works with. */
export function isDeployedWith(
  { outputs }: Pick<DescribedStack, 'outputs'>,
  { config: { config } }: Pick<Settings, 'config'>,
): boolean {
  return outputs.ConfigurationDigest === deployedConfigurationDigest(config);
}

/** Flow → where it logs. */
function logGroupsOf({ Flows: flows, Functions: functions }: StackOutputs): Record<string, string> {
  return Object.fromEntries(
    Object.keys(flows).flatMap((flow) => {
      const group = functions[flow]?.logGroup;
      return group === undefined ? [] : [[flow, group]];
    }),
  );
}
