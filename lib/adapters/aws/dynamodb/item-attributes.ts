import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type { ListPosition } from '../../../domain/list-cursor.ts';
import type { SortIndex, StoredItem, VersionedItem } from '../../../ports/store.ts';

export type Attributes = Record<string, AttributeValue>;

/**
 * An index does not say in which order it lists equal sort keys: place and key together are one that is
 * unequal. No character comes before the one between them, so that places compare as by themselves.
 */
const separator = '\u0000';

const text = z.object({ S: z.string() }).transform(({ S }) => S);
const number = z.object({ N: z.string() }).transform(({ N }) => Number(N));

const attributesSchema = z.object({
  partition: text,
  key: text,
  /** JSON. */
  value: text,
  byTime: text.optional(),
  open: text.optional(),
  /** Milliseconds since the epoch, exactly; `ttl` is for DynamoDB alone. */
  expiresAt: number.optional(),
  version: number,
});

/** @param written the item's value as JSON, and the version that this write gives it */
export function attributesOf(
  { expiresAt, key, partition, sort = {} }: Omit<StoredItem, 'value'>,
  written: { json: string; version: number },
): Attributes {
  const { byTime, open } = sort;
  return {
    ...keyAttributes(partition, key),
    value: { S: written.json },
    version: { N: String(written.version) },
    ...(byTime !== undefined && { byTime: { S: joinPlace({ place: byTime, key }) } }),
    ...(open !== undefined && { open: { S: joinPlace({ place: open, key }) } }),
    ...(expiresAt !== undefined && {
      expiresAt: { N: String(expiresAt) },
      ttl: { N: String(Math.ceil(expiresAt / 1_000)) },
    }),
  };
}

export function keyAttributes(partition: string, key: string): Attributes {
  return { partition: { S: partition }, key: { S: key } };
}

/** Where a list goes on: the key of an item, in the index as well as in the table. */
export function startAttributes(
  partition: string,
  index: SortIndex | undefined,
  position: ListPosition,
): Attributes {
  return {
    ...keyAttributes(partition, position.key),
    ...(index !== undefined && { [index]: { S: joinPlace(position) } }),
  };
}

/** The other way round: where DynamoDB has ended a page. */
export function positionOf(attributes: Attributes, index: SortIndex | undefined): ListPosition {
  const key = attributes['key']?.S ?? '';
  return { key, place: index === undefined ? key : placeOf(attributes[index]?.S ?? '') };
}

/** @throws UpstreamError for an item that this program cannot have written */
export function itemOf(attributes: Attributes): VersionedItem {
  try {
    const { byTime, expiresAt, key, open, partition, value, version } =
      attributesSchema.parse(attributes);
    return {
      partition,
      key,
      value: JSON.parse(value),
      sort: {
        ...(byTime !== undefined && { byTime: placeOf(byTime) }),
        ...(open !== undefined && { open: placeOf(open) }),
      },
      ...(expiresAt !== undefined && { expiresAt }),
      version,
    };
  } catch (error) {
    const problem = 'An item of the DynamoDB table is not of the shape that this program writes.';
    throw new UpstreamError(problem, { service: 'dynamodb', retryable: false, cause: error });
  }
}

function joinPlace({ key, place }: ListPosition): string {
  return `${place}${separator}${key}`;
}

function placeOf(joined: string): string {
  return joined.slice(0, joined.lastIndexOf(separator));
}
