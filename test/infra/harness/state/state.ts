import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { startDynamodbServer } from '../../../support/aws/dynamodb-server.ts';
import { localAccess } from '../../../support/aws/local-access.ts';
import { startObjectServer } from '../../../support/aws/object-server.ts';
import type { ResolvedTemplate } from '../template/resolve-template.ts';
import { createBuckets } from './buckets.ts';
import { createQueues, type Queues } from './queues.ts';
import { createTables } from './tables.ts';

/** What keeps data, empty as after a first deployment. */
export interface State {
  /** Of DynamoDB. */
  tables: string;
  /** Of S3 and SQS. */
  objects: string;
  queues: Queues;
  close(): Promise<void>;
}

/** Starts what stands in for DynamoDB, S3 and SQS, with the tables, buckets and queues of the template. */
export async function startState(template: ResolvedTemplate): Promise<State> {
  const [tables, objects] = await Promise.all([startDynamodbServer(), startObjectServer()]);
  const dynamodb = new DynamoDBClient({ ...localAccess, endpoint: tables.endpoint });
  const s3 = new S3Client({ ...localAccess, endpoint: objects.endpoint, forcePathStyle: true });
  const sqs = new SQSClient({ ...localAccess, endpoint: objects.endpoint });
  await Promise.all([createTables(template, dynamodb), createBuckets(template, s3)]);
  return {
    tables: tables.endpoint,
    objects: objects.endpoint,
    queues: await createQueues(template, sqs),
    async close() {
      for (const client of [dynamodb, s3, sqs]) client.destroy();
      await Promise.all([tables.close(), objects.close()]);
    },
  };
}
