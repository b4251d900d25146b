import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../../../lib/adapters/aws/client-settings.ts';
import { createDynamodbClient } from '../../../lib/adapters/aws/dynamodb/client.ts';
import { createS3Client } from '../../../lib/adapters/aws/s3/client.ts';

/** The services that a stack is made of. */
export interface AwsClients {
  cloudFormation: CloudFormationClient;
  cloudWatch: CloudWatchClient;
  dynamodb: DynamoDBClient;
  eventBridge: EventBridgeClient;
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
  s3: S3Client;
  secretsManager: SecretsManagerClient;
  sns: SNSClient;
  sqs: SQSClient;
}

/**
 * With the operator's own credentials and region, found as AWS's own tools find them: AWS_PROFILE, AWS_REGION,
 * the files in ~/.aws, a session of IAM Identity Center. An operator's line may be slower than a data centre's.
 */
export function createAwsClients(): AwsClients {
  const settings = clientSettings({ maxAttempts: 4, requestTimeout: 15_000 });
  return {
    cloudFormation: new CloudFormationClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    dynamodb: createDynamodbClient(),
    eventBridge: new EventBridgeClient(settings),
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    // Names of buckets become names of hosts only at AWS itself.
    s3: createS3Client({ forcePathStyle: 'AWS_ENDPOINT_URL' in process.env }),
    secretsManager: new SecretsManagerClient(settings),
    sns: new SNSClient(settings),
    // Queues are at the address of the service, as everything else.
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
  };
}
