/**
 * The table behind the store, as plain data: the stack and the tests make the same table from it. All its
 * key attributes are strings, the indexes hold whole items, and an item without the sort key of an index is
 * not in it.
 */
export const tableSchema = {
  partitionKey: 'partition',
  sortKey: 'key',
  /** Global secondary indexes by the partition and a place in a list. */
  indexes: [
    { name: 'byTime', partitionKey: 'partition', sortKey: 'byTime' },
    { name: 'open', partitionKey: 'partition', sortKey: 'open' },
  ],
  /** Seconds since the epoch, rounded up; DynamoDB removes the item within days from then on. */
  timeToLiveAttribute: 'ttl',
} as const;
