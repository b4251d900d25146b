import type { AwsService } from '../service.ts';
import { createCloudFormation, type CloudFormation } from './cloudformation.ts';
import { createCloudWatch, type CloudWatch } from './metrics/cloudwatch.ts';
import { createDynamodb } from './stored/dynamodb.ts';
import { createEventBridge, type EventBridge, type OnMatch } from './events/event-bridge.ts';
import { createLambda, type Lambda } from './lambda/lambda.ts';
import { statusChangeEvent } from './lambda/status-change-event.ts';
import { createLogs, type Logs } from './logs/logs.ts';
import { createS3 } from './stored/s3.ts';
import { createSecretsManager } from './secrets/secrets-manager.ts';
import { createSns, type Sns } from './sns.ts';
import { createSqs } from './stored/sqs.ts';
import { createSts } from './sts.ts';

/** Servers that keep what this one passes on: `http://127.0.0.1:PORT`. What is not given is not played. */
export interface Backends {
  dynamodb?: string;
  s3?: string;
  sqs?: string;
}

/** Services that a test looks into, or has do something. */
export interface PlayedServices {
  cloudFormation: CloudFormation;
  cloudWatch: CloudWatch;
  events: EventBridge;
  lambda: Lambda;
  logs: Logs;
  sns: Sns;
}

export interface ServiceOptions {
  region: string;
  account: string;
  backends: Backends;
  onMatch: OnMatch;
}

export function createServices({ region, account, backends, onMatch }: ServiceOptions) {
  const place = { region, account };
  const events = createEventBridge(onMatch);
  const played: PlayedServices = {
    cloudFormation: createCloudFormation(place),
    cloudWatch: createCloudWatch(),
    events,
    lambda: createLambda(place, (execution) => events.emit(statusChangeEvent(execution, place))),
    logs: createLogs(),
    sns: createSns(),
  };
  const { dynamodb, s3, sqs } = backends;
  const all: AwsService[] = [
    ...Object.values(played),
    createSecretsManager(),
    createSts(),
    ...(dynamodb === undefined ? [] : [createDynamodb(dynamodb)]),
    ...(s3 === undefined ? [] : [createS3(s3)]),
    ...(sqs === undefined ? [] : [createSqs(sqs)]),
  ];
  return { all, played };
}
