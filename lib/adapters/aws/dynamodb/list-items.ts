import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { UpstreamError } from '../../../domain/errors.ts';
import { decodeCursor, encodeCursor, type ListPosition } from '../../../domain/list-cursor.ts';
import type { ListQuery, VersionedItem } from '../../../ports/store.ts';
import { sdkFailure } from '../sdk-failures.ts';
import { itemOf, positionOf, startAttributes, type Attributes } from './item-attributes.ts';
import type { DynamodbTable } from './store.ts';

/**
 * Pages that one call reads, at most. Items that have expired and still lie there count for DynamoDB's
 * limit: without an end of its own a call could read through thousands of them.
 */
const mostPages = 10;

/** Items of the pages behind the first one, at least: where many have expired, few calls pass them. */
const leastPage = 100;

/** By key what is there; by a sort index what was there a moment ago. */
export async function listItems(
  table: DynamodbTable,
  partition: string,
  query: ListQuery,
): Promise<{ items: VersionedItem[]; next: string | null }> {
  const { cursor, index, limit } = query;
  const request = requestOf(table, partition, query);
  let start = cursor === undefined ? undefined : decodeCursor(query, cursor);
  const items: VersionedItem[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    // One more than asked for tells whether there is a next page.
    const wanted = limit + 1 - items.length;
    const answer = await readPage(table, {
      ...request,
      Limit: page === 0 ? wanted : Math.max(wanted, leastPage),
      ...(start && { ExclusiveStartKey: startAttributes(partition, index, start) }),
    });
    items.push(...answer.items);
    const last = items[limit - 1];
    if (last !== undefined && items.length > limit) {
      return { items: items.slice(0, limit), next: encodeCursor(query, placeIn(query, last)) };
    }
    if (answer.last === undefined) return { items, next: null };
    start = positionOf(answer.last, index);
  }
  return { items, next: start ? encodeCursor(query, start) : null };
}

function requestOf(
  { now, table }: DynamodbTable,
  partition: string,
  { descending = false, index, prefix = '' }: ListQuery,
): QueryCommandInput {
  const byPrefix = index === undefined && prefix !== '';
  return {
    TableName: table,
    // An index cannot be read consistently.
    ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
    KeyConditionExpression: byPrefix
      ? '#partition = :partition AND begins_with(#key, :prefix)'
      : '#partition = :partition',
    FilterExpression: 'attribute_not_exists(expiresAt) OR expiresAt > :now',
    ExpressionAttributeNames: { '#partition': 'partition', ...(byPrefix && { '#key': 'key' }) },
    ExpressionAttributeValues: {
      ':partition': { S: partition },
      ':now': { N: String(now()) },
      ...(byPrefix && { ':prefix': { S: prefix } }),
    },
    ScanIndexForward: !descending,
  };
}

async function readPage(
  { client, table }: DynamodbTable,
  request: QueryCommandInput,
): Promise<{ items: VersionedItem[]; last: Attributes | undefined }> {
  const call = { service: 'dynamodb', what: `Listing items of the table ${table}` };
  const answer = await client.send(new QueryCommand(request)).catch((error: unknown) => {
    throw sdkFailure(error, call);
  });
  // An empty page is an empty list: without one, something else has answered.
  if (answer.Items === undefined) {
    throw new UpstreamError(`${call.what} failed: the answer has no list.`, {
      service: call.service,
      retryable: true,
    });
  }
  return { items: answer.Items.map(itemOf), last: answer.LastEvaluatedKey };
}

function placeIn({ index }: ListQuery, { key, sort }: VersionedItem): ListPosition {
  return { key, place: index === undefined ? key : (sort?.[index] ?? '') };
}
