import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';
import { expect, onTestFinished, test } from 'vitest';
import { startedAws } from '../../../support/aws/started-aws.ts';
import { listenOnLoopback } from '../../../support/loopback.ts';

async function startedObjects() {
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return startedAws({ backends: { s3: endpoint, sqs: endpoint } });
}

test('passes requests for tables on, and knows table and index', async () => {
  const tables = dynalite({ createTableMs: 0 });
  const server = await startedAws({
    backends: { dynamodb: `http://127.0.0.1:${await listenOnLoopback(tables)}` },
  });
  onTestFinished(() => void tables.close());
  const client = new DynamoDBClient(server.clientSettings);
  const key = [{ AttributeName: 'k', KeyType: 'HASH' as const }];
  await client.send(
    new CreateTableCommand({
      TableName: 'items',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
      KeySchema: key,
      GlobalSecondaryIndexes: [
        { IndexName: 'byTime', KeySchema: key, Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
  const item = { k: { S: 'a' }, n: { N: '1' } };

  await expect
    .poll(() => client.send(new PutItemCommand({ TableName: 'items', Item: item })))
    .toBeDefined();
  const got = await client.send(new GetItemCommand({ TableName: 'items', Key: { k: { S: 'a' } } }));
  const found = await client.send(
    new QueryCommand({
      TableName: 'items',
      IndexName: 'byTime',
      KeyConditionExpression: 'k = :k',
      ExpressionAttributeValues: { ':k': { S: 'a' } },
    }),
  );

  expect(got.Item).toEqual(item);
  expect(found.Items).toEqual([item]);
  const arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/items';
  expect(server.calls.at(-2)).toMatchObject({ operation: 'GetItem', resources: [arn] });
  expect(server.calls.at(-1)).toMatchObject({ resources: [`${arn}/index/byTime`] });
  expect(server.violations).toEqual([]);
});

test('passes requests for objects on, and knows bucket and key', async () => {
  const server = await startedObjects();
  const client = new S3Client(server.clientSettings);
  const at = { Bucket: 'reports', Key: 'runs/a b+c.json' };
  await client.send(new CreateBucketCommand({ Bucket: 'reports' }));

  await client.send(new PutObjectCommand({ ...at, Body: '{"a":1}' }));

  const got = await client.send(new GetObjectCommand(at));
  expect(await got.Body?.transformToString()).toBe('{"a":1}');
  expect((await client.send(new HeadObjectCommand(at))).ContentLength).toBe(7);
  const listed = await client.send(
    new ListObjectsV2Command({ Bucket: 'reports', Prefix: 'runs/' }),
  );
  expect(listed.Contents?.map(({ Key }) => Key)).toEqual([at.Key]);
  await client.send(new DeleteObjectsCommand({ Bucket: 'reports', Delete: { Objects: [at] } }));
  expect(server.calls.map(({ operation, resources }) => [operation, resources[0]])).toEqual([
    ['CreateBucket', 'arn:aws:s3:::reports'],
    ['PutObject', `arn:aws:s3:::reports/${at.Key}`],
    ['GetObject', `arn:aws:s3:::reports/${at.Key}`],
    ['HeadObject', `arn:aws:s3:::reports/${at.Key}`],
    ['ListObjectsV2', 'arn:aws:s3:::reports'],
    ['DeleteObjects', `arn:aws:s3:::reports/${at.Key}`],
  ]);
});

test('refuses a caller whom no policy lets read an object', async () => {
  const server = await startedObjects();
  const credentials = server.issue({ arn: 'arn:aws:iam::123456789012:user/guest', statements: [] });
  const client = new S3Client(server.settingsOf(credentials));

  const reading = client.send(new GetObjectCommand({ Bucket: 'reports', Key: 'k' }));

  await expect(reading).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  });
});

test('passes messages on to a queue', async () => {
  const server = await startedObjects();
  const client = new SQSClient(server.clientSettings);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'letters' }));

  const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));

  expect(sent.MessageId).toBeDefined();
  expect(server.calls.at(-1)?.resources).toEqual(['arn:aws:sqs:eu-west-1:123456789012:letters']);
});
