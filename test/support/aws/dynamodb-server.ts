import { CreateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { afterAll } from 'vitest';
import { createDynamodbClient } from '../../../lib/adapters/aws/dynamodb/client.ts';
import { tableSchema } from '../../../lib/adapters/aws/dynamodb/table-schema.ts';
import { listenOnLoopback } from '../loopback.ts';
import { localAccess } from './local-access.ts';

export interface DynamodbServer {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  /** Makes a table as the stack makes it. */
  createTable(name: string): Promise<void>;
  close(): Promise<void>;
}

/** DynamoDB in this process and in memory. Nothing expires in it by itself. */
export async function startDynamodbServer(): Promise<DynamodbServer> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return {
    endpoint,
    createTable: (name) => createTable(endpoint, name),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same until the tests of this file have ended; a table for each test keeps them apart. */
export async function startDynamodb(): Promise<DynamodbServer> {
  const server = await startDynamodbServer();
  afterAll(() => server.close());
  return server;
}

async function createTable(endpoint: string, name: string): Promise<void> {
  const client = createDynamodbClient({ endpoint, ...localAccess });
  const { indexes, partitionKey, sortKey } = tableSchema;
  const attributes = [partitionKey, sortKey, ...indexes.map((index) => index.sortKey)];
  const table = {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: attributes.map((attribute) => ({
      AttributeName: attribute,
      AttributeType: 'S' as const,
    })),
    KeySchema: keySchema(tableSchema),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index),
      Projection: { ProjectionType: 'ALL' as const },
    })),
  };
  try {
    await client.send(new CreateTableCommand(table));
    await waitUntilTableExists({ client, maxWaitTime: 5, minDelay: 1 }, { TableName: name });
  } finally {
    client.destroy();
  }
}

function keySchema(keys: { partitionKey: string; sortKey: string }) {
  return [
    { AttributeName: keys.partitionKey, KeyType: 'HASH' as const },
    { AttributeName: keys.sortKey, KeyType: 'RANGE' as const },
  ];
}
