import { Annotations, Fn, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { githubSourceWord } from '../lib/domain/source.ts';
import { autonomousCicd } from '../lib/flows/autonomous-cicd/run.ts';
import { componentAnalysis } from '../lib/flows/component-analysis/run.ts';
import { scheduleDefinitions } from '../lib/flows/schedules/definitions.ts';
import { systemHealth } from '../lib/flows/system-health/run.ts';
import { deployedVariables } from '../lib/runtime/deployed-environment.ts';
import { AlarmTopic } from './constructs/alarm-topic.ts';
import { BlobBucket } from './constructs/blob-bucket.ts';
import { DeployedFunction } from './constructs/deployed-function.ts';
import type { Deployment } from './constructs/deployment.ts';
import { DurableFlow } from './constructs/durable-flow.ts';
import { EventBus } from './constructs/event-bus.ts';
import { readRuns, startRuns, stopRuns } from './constructs/run-access.ts';
import { ScheduleRules } from './constructs/schedule-rules.ts';
import { githubSecrets, linearSecrets, Secrets } from './constructs/secrets.ts';
import { recordStatusChanges } from './constructs/status-changes.ts';
import { StoreTable } from './constructs/store-table.ts';
import { variables } from './constructs/variables.ts';
import { WebhookApi } from './constructs/webhook-api.ts';
import { deployedConfigurationDigest } from './desk/configuration-digest.ts';
import { functionOutputs, writeOutputs } from './write-outputs.ts';

export interface CicdStackProps extends Deployment {
  /** Environment variables that tell the functions where GitHub and Linear are. */
  outside: Readonly<Record<string, string>>;
  /** Of this product. */
  version: string;
  /** Default: where the command that deploys it is signed in. */
  env?: { account?: string; region?: string };
}

/** The whole system. Each function says in one place what it works with, and gets the rights for just that. */
export class CicdStack extends Stack {
  constructor(scope: Construct, id: string, props: CicdStackProps) {
    const { config, env, outside, stage, version } = props;
    super(scope, id, {
      stackName: stage.stackName,
      description: 'Autonomous CI/CD: component analysis, coding-agent runs, health and alerts',
      terminationProtection: stage.keepsData,
      ...(env !== undefined && { env }),
    });
    Tags.of(this).add('product', 'autonomous-cicd');
    Tags.of(this).add('stage', stage.name);
    Tags.of(this).add('version', version);
    this.warnOfFolders(props);

    const deployment: Deployment = props;
    const store = new StoreTable(this, 'Store', deployment);
    const blobs = new BlobBucket(this, 'Blobs', deployment);
    const bus = new EventBus(this, 'Events', deployment);
    const secrets = new Secrets(this, 'Secrets', deployment);
    const installation = markOf(this);
    const pages = `https://${this.region}.console.aws.amazon.com/cloudwatch/home?region=${this.region}#dashboards/dashboard/${stage.stackName}`;
    const outsideServices = variables({
      ...outside,
      [deployedVariables.installation]: installation,
      [deployedVariables.dashboardUrl]: pages,
    });

    const githubWebhook = new DeployedFunction(this, 'GithubWebhook', {
      deployment,
      file: 'github-webhook',
      description: 'Takes deliveries of GitHub',
      timeoutSeconds: 15,
      invokedBy: 'answer',
      sourceMaps: false,
      uses: [bus.publish(), secrets.read('GITHUB_WEBHOOK_SECRET')],
    });
    const linearWebhook = new DeployedFunction(this, 'LinearWebhook', {
      deployment,
      file: 'linear-webhook',
      description: 'Takes deliveries of Linear',
      timeoutSeconds: 15,
      invokedBy: 'answer',
      sourceMaps: false,
      uses: [bus.publish(), secrets.read('LINEAR_WEBHOOK_SECRET')],
    });
    const api = new WebhookApi(this, 'Webhooks', {
      stage,
      senders: { github: githubWebhook, linear: linearWebhook },
    });

    const analysis = new DurableFlow(this, 'ComponentAnalysis', {
      deployment,
      flow: componentAnalysis,
      description: 'Analyses one component of a repository',
      memoryMb: 2_048,
      uses: [
        store.readWrite(),
        blobs.readWrite(),
        secrets.read(...githubSecrets, ...linearSecrets),
        outsideServices,
      ],
    });
    const health = new DurableFlow(this, 'SystemHealth', {
      deployment,
      flow: systemHealth,
      description: 'Looks after the system itself',
      uses: [store.readOnly(), outsideServices],
    });
    const cicd = new DurableFlow(this, 'AutonomousCicd', {
      deployment,
      flow: autonomousCicd,
      description: 'Works off what was missed, hangs or has failed',
      memoryMb: 1_024,
      uses: [
        store.readWrite(),
        blobs.readWrite(),
        bus.publish(),
        secrets.read(...githubSecrets, ...linearSecrets),
        startRuns([analysis, health]),
        readRuns([analysis, health]),
        stopRuns([analysis, health]),
        outsideServices,
        variables({ [deployedVariables.webhookUrl]: api.url }),
      ],
    });
    const flows = [analysis, health, cicd];

    const dispatcher = new DeployedFunction(this, 'Dispatcher', {
      deployment,
      file: 'dispatcher',
      description: 'Decides what an event on the bus is to start, and starts it',
      timeoutSeconds: 60,
      invokedBy: 'event',
      uses: [store.readWrite(), startRuns([analysis]), outsideServices],
    });
    bus.deliverTo(dispatcher);
    const scheduler = new DeployedFunction(this, 'Scheduler', {
      deployment,
      file: 'scheduler',
      description: 'Starts the flows whose time has come',
      timeoutSeconds: 60,
      invokedBy: 'event',
      uses: [store.readWrite(), startRuns([cicd, health])],
    });
    const schedules = new ScheduleRules(this, 'Schedules', {
      schedules: scheduleDefinitions(config),
      scheduler,
    });
    const recorder = new DeployedFunction(this, 'RunRecorder', {
      deployment,
      file: 'run-recorder',
      description: 'Keeps a record of every run, so that lists need not ask Lambda',
      timeoutSeconds: 60,
      invokedBy: 'event',
      uses: [store.readWrite(), readRuns(flows)],
    });
    recordStatusChanges(flows, recorder);

    const alarms = new AlarmTopic(this, 'Alarms', deployment);
    const functions = [githubWebhook, linearWebhook, dispatcher, scheduler, recorder, ...flows];
    writeOutputs(this, {
      Table: store.table.tableName,
      Bucket: blobs.bucket.bucketName,
      Bus: bus.bus.eventBusName,
      SecretsPrefix: secrets.prefix,
      Installation: installation,
      WebhookUrl: api.url,
      ConfigurationDigest: deployedConfigurationDigest(config),
      DashboardUrl: pages,
      AlarmTopic: alarms.topic.topicArn,
      ...functionOutputs({ functions, flows, schedules }),
    });
  }

  private warnOfFolders({ config }: Deployment): void {
    for (const repository of config.repositories) {
      if (repository.source === githubSourceWord) continue;
      Annotations.of(this).addWarningV2(
        `autonomous-cicd:folder:${repository.name}`,
        `${repository.name} is a folder: on AWS only sources on GitHub can be analysed (source: 'github')`,
      );
    }
  }
}

/** 8 hex digits, the same as long as the stack lives: the first group of the uuid in its id. */
function markOf(stack: Stack): string {
  const uuid = Fn.select(2, Fn.split('/', stack.stackId));
  return Fn.select(0, Fn.split('-', uuid));
}
