/** A JSON value under a partition and a key, with places in up to two sorted indexes. */
export interface StoredItem {
  partition: string;
  /** Unique within the partition; letters, digits and `. _ : # / -`, 200 characters at most. */
  key: string;
  /** JSON-serialisable, 200 KB at most. Validate it when it is read: an older version may have written it. */
  value: unknown;
  /**
   * Where the item stands in the partition's sorted lists, compared as text. An item without an entry is
   * not in that list: a list of what is open stays short however many items there are.
   */
  sort?: Partial<Record<SortIndex, string>>;
  /** Milliseconds since the epoch from which on the item counts as absent. Default: it stays. */
  expiresAt?: number;
}

export type SortIndex = 'byTime' | 'open';

/** An item as it was read; `version` changes with every write. */
export type VersionedItem = StoredItem & { version: number };

export interface ListQuery {
  /** Default: by key. */
  index?: SortIndex;
  /** Only keys that begin with it; for lists by key alone. Default: all. */
  prefix?: string;
  /** Default: ascending. */
  descending?: boolean;
  /** Items in one answer, at most. */
  limit: number;
  /** The `next` of the answer before. */
  cursor?: string | undefined;
}

/**
 * Small records that outlive runs: deliveries, schedules, switches. SQLite here, DynamoDB on AWS. What a
 * promise has told to be written is on disk.
 * Every method throws UpstreamError when the store cannot be read or written.
 */
export interface Store {
  /** Undefined when there is no such item (any more). */
  get(partition: string, key: string): Promise<VersionedItem | undefined>;
  /**
   * Writes an item that is not there yet; false when there is one, which stays as it is.
   * @throws RequestRejectedError for a value that is no JSON, or too large
   */
  add(item: StoredItem): Promise<boolean>;
  /**
   * Replaces the whole item.
   * @param ifVersion write only over this version
   * @returns false when the item has another version or is gone
   * @throws RequestRejectedError for a value that is no JSON, or too large
   */
  put(item: StoredItem, ifVersion?: number): Promise<boolean>;
  /** Without effect when there is no such item. */
  remove(partition: string, key: string): Promise<void>;
  /**
   * @throws RequestRejectedError for a cursor that no answer has given
   */
  list(
    partition: string,
    query: ListQuery,
  ): Promise<{ items: VersionedItem[]; next: string | null }>;
}
