import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { deployedConfigurationDigest } from '../../../infra/desk/configuration-digest.ts';
import type { StackOutputTexts } from '../../../infra/stack-outputs.ts';
import { createDynamodbClient } from '../../../lib/adapters/aws/dynamodb/client.ts';
import { createDynamodbStore } from '../../../lib/adapters/aws/dynamodb/store.ts';
import { createS3Blobs } from '../../../lib/adapters/aws/s3/blobs.ts';
import { createS3Client } from '../../../lib/adapters/aws/s3/client.ts';
import { storedNameOf } from '../../../lib/adapters/aws/secrets/live-values.ts';
import { secretNames, type SecretName } from '../../../lib/domain/secret-names.ts';
import type { Blobs } from '../../../lib/ports/blobs.ts';
import type { Store } from '../../../lib/ports/store.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import type { AwsServer } from '../../support/aws/aws-server.ts';
import { startDynamodbServer } from '../../support/aws/dynamodb-server.ts';
import { startObjectServer } from '../../support/aws/object-server.ts';
import { startedAws } from '../../support/aws/started-aws.ts';

export const stackName = 'autonomous-cicd-test';
/** Nobody is there: what senders bring is no matter of the commands. */
export const webhookUrl = 'https://127.0.0.1:9';

const prefix = `${stackName}/`;
// As CloudFormation makes names, of up to 64 characters for a function and 63 for a bucket.
export const table = `${stackName}-Store84FA6C54-1QX5ZJ0V7K3WB`;
const bucket = `${stackName}-blobs6d1f0e0b-9u3kq2ypvx7m`;
const flows = ['component-analysis', 'autonomous-cicd', 'system-health'];
const schedules = ['autonomous-cicd', 'system-health'];

/** What stands for a deployed stack: its table, bucket, secrets, queues and rules, on a machine's own AWS. */
export interface DeployedStack {
  aws: AwsServer;
  store: Store;
  blobs: Blobs;
  secretsManager: SecretsManagerClient;
  outputs: StackOutputTexts;
  /** URL of the queue that takes what the dispatcher could not. */
  deadLetters: string;
  sqs: SQSClient;
  /** As `cicd secrets set` would. */
  setSecret(name: SecretName, value: string): Promise<void>;
}

/** @param config as the stack was deployed with */
export async function deployStack(config: object): Promise<DeployedStack> {
  const [dynamodb, objects] = await Promise.all([startDynamodbServer(), startObjectServer()]);
  onTestFinished(async () => {
    await Promise.all([dynamodb.close(), objects.close()]);
  });
  const backends = { dynamodb: dynamodb.endpoint, s3: objects.endpoint, sqs: objects.endpoint };
  const aws = await startedAws({ backends });
  await Promise.all([dynamodb.createTable(table), objects.createBucket(bucket)]);
  const settings = aws.clientSettings;
  const secretsManager = new SecretsManagerClient(settings);
  const sqs = new SQSClient(settings);
  const { QueueUrl: deadLetters = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: `${stackName}-dead-letters` }),
  );
  for (const name of secretNames) {
    await secretsManager.send(new CreateSecretCommand({ Name: storedNameOf(name, prefix) }));
  }
  for (const name of schedules) {
    aws.events.rules.put({ Name: ruleName(name), ScheduleExpression: 'rate(5 minutes)' });
  }
  const outputs = outputsOf({ config, deadLetters, aws });
  aws.cloudFormation.deploy({ name: stackName, outputs });
  return {
    aws,
    outputs,
    deadLetters,
    sqs,
    secretsManager,
    store: createDynamodbStore({ client: createDynamodbClient(settings), table }),
    blobs: createS3Blobs({
      client: createS3Client({ ...settings, forcePathStyle: true }),
      bucket,
    }),
    setSecret: async (name, value) => {
      const id = storedNameOf(name, prefix);
      await secretsManager.send(new PutSecretValueCommand({ SecretId: id, SecretString: value }));
    },
  };
}

function outputsOf({
  aws: { account, region },
  config,
  deadLetters,
}: {
  aws: AwsServer;
  config: object;
  deadLetters: string;
}): StackOutputTexts {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const functions = [...flows, 'dispatcher'].map((name) => {
    return [name, { name: functionName(name), logGroup: logGroup(name) }];
  });
  return {
    Table: table,
    Bucket: bucket,
    Bus: stackName,
    SecretsPrefix: prefix,
    Installation: '0a1b2c3d',
    WebhookUrl: webhookUrl,
    ConfigurationDigest: deployedConfigurationDigest(parseConfig(config)),
    KeepsData: 'false',
    DashboardUrl: 'https://console.aws.amazon.com/cloudwatch',
    AlarmTopic: arn('sns', `${stackName}-AlarmsTopic8F21D6B3-kT4vXw0QzN7c`),
    AccessLogs: `${stackName}-access`,
    Flows: JSON.stringify(
      Object.fromEntries(
        flows.map((flow) => [flow, arn('lambda', `function:${functionName(flow)}:live`)]),
      ),
    ),
    Functions: JSON.stringify(Object.fromEntries(functions)),
    ScheduleRules: JSON.stringify(
      Object.fromEntries(schedules.map((name) => [name, ruleName(name)])),
    ),
    DeadLetterQueues: JSON.stringify({ dispatcher: deadLetters }),
  };
}

function logGroup(file: string): string {
  return `${stackName}-${pascalCase(file)}Logs0C2B8F6D-h7Wq1TzX4nRv`;
}

function functionName(file: string): string {
  return `${stackName}-${pascalCase(file)}5D3E8A17-Yp2LkV6sGm0c`.slice(0, 64);
}

export function ruleName(schedule: string): string {
  return `${stackName}-${pascalCase(schedule)}Rule7B9A4E21-Zc8NfR5tJw3d`.slice(0, 64);
}

/** `system-health` → `SystemHealth` */
function pascalCase(file: string): string {
  return file
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Of the rule that lets a schedule tick: `ENABLED`, `DISABLED` */
export function ruleState({ aws }: Pick<DeployedStack, 'aws'>, schedule: string) {
  return aws.events.rules.describe({ Name: ruleName(schedule) }).State;
}

const invocationSchema = z.object({ DurableExecutionArn: z.string() });

/** Deploys a flow whose runs log a line and end at once. @param result of a run */
export function deployFlow(
  { aws }: Pick<DeployedStack, 'aws'>,
  flow: string,
  result: () => Promise<unknown> = async () => ({}),
): void {
  aws.addFunction({
    name: functionName(flow),
    executionTimeoutSeconds: 60,
    invoke: async (payload) => {
      const { DurableExecutionArn: executionArn } = invocationSchema.parse(payload);
      const line = { level: 'info', message: `${flow} has run`, executionArn };
      aws.logs.append(logGroup(flow), 'instance', [JSON.stringify(line)]);
      const answer = { Status: 'SUCCEEDED', Result: JSON.stringify(await result()) };
      return { status: 'ok', payload: answer };
    },
  });
}
