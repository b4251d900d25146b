import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { toStoredJson } from '../../../domain/stored-json.ts';
import type { Store, StoredItem, VersionedItem } from '../../../ports/store.ts';
import { attemptsOf, sdkFailure } from '../sdk-failures.ts';
import { attributesOf, itemOf, keyAttributes, type Attributes } from './item-attributes.ts';
import { listItems } from './list-items.ts';

/** The table, and the time by which its items expire. */
export interface DynamodbTable {
  client: DynamoDBClient;
  table: string;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** What has to hold for a write, as DynamoDB says it. */
interface Condition {
  expression: string;
  values: Attributes;
}

/**
 * The store in one table. Reads by key see every write that was acknowledged; lists by a sort index may be
 * a moment late. Items that have expired count as absent before DynamoDB removes them.
 * @see lib/decisions/0009-dynamodb-store.md
 */
export function createDynamodbStore({
  client,
  now = Date.now,
  table: name,
}: {
  client: DynamoDBClient;
  table: string;
  now?: () => number;
}): Store {
  const table: DynamodbTable = { client, table: name, now };
  return {
    get: (partition, key) => readItem(table, partition, key),
    list: (partition, query) => listItems(table, partition, query),

    add: (item) =>
      write(table, item, {
        expression: 'attribute_not_exists(#partition) OR expiresAt <= :now',
        values: { ':now': { N: String(now()) } },
      }),

    put: (item, ifVersion) =>
      write(table, item, ifVersion === undefined ? undefined : onlyOver(ifVersion, now())),

    remove: async (partition, key) => {
      const command = new DeleteItemCommand({
        TableName: name,
        Key: keyAttributes(partition, key),
      });
      await client.send(command).catch(failWriting(name));
    },
  };
}

function onlyOver(version: number, now: number): Condition {
  return {
    expression: 'version = :version AND (attribute_not_exists(expiresAt) OR expiresAt > :now)',
    values: { ':version': { N: String(version) }, ':now': { N: String(now) } },
  };
}

async function readItem(
  { client, now, table }: DynamodbTable,
  partition: string,
  key: string,
): Promise<VersionedItem | undefined> {
  const command = new GetItemCommand({
    TableName: table,
    Key: keyAttributes(partition, key),
    ConsistentRead: true,
  });
  const { Item } = await client.send(command).catch((error: unknown) => {
    throw sdkFailure(error, { service: 'dynamodb', what: `Reading the table ${table}` });
  });
  const item = Item && itemOf(Item);
  return item?.expiresAt !== undefined && item.expiresAt <= now() ? undefined : item;
}

/** @returns false when the condition does not hold */
async function write(
  table: DynamodbTable,
  item: StoredItem,
  condition?: Condition,
): Promise<boolean> {
  // Drawn, not counted: neither a removed item and its successor nor two writers have one in common.
  const version = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  const command = new PutItemCommand({
    TableName: table.table,
    Item: attributesOf(item, { json: toStoredJson(item.value), version }),
    ...(condition && {
      ConditionExpression: condition.expression,
      ExpressionAttributeValues: condition.values,
      ...(condition.expression.includes('#partition') && {
        ExpressionAttributeNames: { '#partition': 'partition' },
      }),
    }),
  });
  try {
    await table.client.send(command);
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) return failWriting(table.table)(error);
    if (attemptsOf(error) === 1) return false;
    // An attempt before this one may have been carried out, its answer lost: then the item stands in
    // its own way.
    return (await readItem(table, item.partition, item.key))?.version === version;
  }
}

function failWriting(table: string) {
  return (error: unknown): never => {
    throw sdkFailure(error, { service: 'dynamodb', what: `Writing to the table ${table}` });
  };
}
