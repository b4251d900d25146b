import { Annotations, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ConfigError } from '../lib/domain/errors.ts';
import { githubSourceWord } from '../lib/domain/source.ts';
import { functionsIn, type DeployedFunction } from './constructs/deployed-function.ts';
import type { Deployment } from './constructs/deployment.ts';
import { flowsIn } from './constructs/durable-flow.ts';
import { deployedConfigurationDigest } from './desk/configuration-digest.ts';
import type { Stage } from './stages.ts';
import { addFlows } from './system/flows.ts';
import { layFoundation } from './system/foundation.ts';
import { addIngress } from './system/ingress.ts';
import { addRouting } from './system/routing.ts';
import { addWatching } from './system/watching.ts';
import {
  deadLetterQueuesOutput,
  flowsOutput,
  functionsOutput,
  scheduleRulesOutput,
  writeOutputs,
} from './write-outputs.ts';

export interface CicdStackProps extends Deployment {
  /** Environment variables that tell the functions where GitHub and Linear are. */
  outside: Readonly<Record<string, string>>;
  /** Of this product. */
  version: string;
  /** Default: where the command that deploys it is signed in. */
  env?: { account: string; region: string };
}

/** The whole system. Each function says in one place what it works with, and gets the rights for just that. */
export class CicdStack extends Stack {
  constructor(scope: Construct, id: string, props: CicdStackProps) {
    const { config, env, outside, stage, version } = props;
    super(scope, id, {
      stackName: stage.stackName,
      description: 'Autonomous CI/CD: component analysis, coding-agent runs, health and alerts',
      terminationProtection: stage.keepsData,
      // CloudFormation hands them on to all that can be tagged.
      tags: { product: 'autonomous-cicd', stage: stage.name, version },
      ...(env !== undefined && { env }),
    });
    warnOfFolders(this, config);
    warnOfCommand(this, config);
    warnOfSilence(this, stage);

    const foundation = layFoundation(this, props, outside);
    const { blobs, bus, dashboardUrl, installation, secrets, store } = foundation;
    const api = addIngress(this, foundation);
    const flows = addFlows(this, foundation, api.url);
    const routing = addRouting(this, foundation, flows);
    requireFunctions(stage, functionsIn(this));
    const alarms = addWatching(this, foundation, { api, flows, routing });

    writeOutputs(this, {
      Table: store.table.tableName,
      Bucket: blobs.bucket.bucketName,
      Bus: bus.bus.eventBusName,
      SecretsPrefix: secrets.prefix,
      Installation: installation,
      WebhookUrl: api.url,
      ConfigurationDigest: deployedConfigurationDigest(config),
      KeepsData: stage.keepsData ? 'true' : 'false',
      DashboardUrl: dashboardUrl,
      AlarmTopic: alarms.topic.topicArn,
      AccessLogs: api.accessLogs.logGroupName,
      Flows: flowsOutput(this, flowsIn(this)),
      Functions: functionsOutput(this, functionsIn(this)),
      ScheduleRules: scheduleRulesOutput(this, routing.schedules),
      DeadLetterQueues: deadLetterQueuesOutput(this, functionsIn(this)),
    });
  }
}

function warnOfFolders(stack: Stack, { repositories }: Deployment['config']): void {
  for (const { name } of repositories.filter(({ source }) => source !== githubSourceWord)) {
    Annotations.of(stack).addWarningV2(
      `autonomous-cicd:folder:${name}`,
      `${name} is a folder: on AWS only sources on GitHub can be analysed. Set source: '${githubSourceWord}'`,
    );
  }
}

function warnOfCommand(stack: Stack, { agents }: Deployment['config']): void {
  if (agents.provider !== 'command') return;
  Annotations.of(stack).addWarningV2(
    'autonomous-cicd:agents',
    "agents.provider 'command' runs on the local host only: this stack asks no agents. Set 'codegen' or 'cursor'",
  );
}

/** Whoever wants data to outlive the stack wants to hear of what goes wrong with it. */
function warnOfSilence(stack: Stack, { alarmEmails, keepsData, name }: Stage): void {
  if (!keepsData || alarmEmails.length > 0) return;
  Annotations.of(stack).addWarningV2(
    'autonomous-cicd:alarms',
    `Nobody is told of alarms. Set aws.stages.${name}.alarmEmails: ['team@example.com']`,
  );
}

/** @throws ConfigError for concurrency that is reserved for a function that does not exist */
function requireFunctions(stage: Stage, functions: readonly DeployedFunction[]): void {
  const files = functions.map(({ file }) => file);
  const unknown = Object.keys(stage.reservedConcurrency).filter((name) => !files.includes(name));
  if (unknown.length === 0) return;
  throw new ConfigError(
    unknown.map((name) => {
      const path = `aws.stages.${stage.name}.reservedConcurrency.${name}`;
      return `${path}: is no function. There are: ${files.join(', ')}`;
    }),
  );
}
