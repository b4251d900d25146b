import { decodeCursor, encodeCursor } from '../../domain/list-cursor.ts';
import type { ListQuery, SortIndex, StoredItem, VersionedItem } from '../../ports/store.ts';
import type { Database } from './database.ts';

/** One entry per version of the schema, never edited once released. */
export const itemTableSteps = [
  `
  CREATE TABLE items (
    partition TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    by_time TEXT,
    open TEXT,
    -- Milliseconds since the epoch.
    expires_at INTEGER,
    version INTEGER NOT NULL,
    PRIMARY KEY (partition, key)
  ) WITHOUT ROWID;
  CREATE INDEX items_by_time ON items (partition, by_time, key) WHERE by_time IS NOT NULL;
  CREATE INDEX items_open ON items (partition, open, key) WHERE open IS NOT NULL;
  CREATE INDEX items_by_expiry ON items (expires_at) WHERE expires_at IS NOT NULL;
  `,
];

/**
 * Drawn, not counted: a removed item and its successor under the same key have no version in common.
 */
const newVersion = 'abs(random() % 9007199254740992)';

const columnOf: Record<SortIndex, string> = { byTime: 'by_time', open: 'open' };

const columns = `partition, key, value, by_time AS byTime, open, expires_at AS expiresAt, version`;

interface Row {
  partition: string;
  key: string;
  /** JSON. */
  value: string;
  byTime: string | null;
  open: string | null;
  expiresAt: number | null;
  version: number;
}

/** The rows of the table; what has expired is not seen. */
export class ItemTable {
  readonly #database: Database;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  get(partition: string, key: string): VersionedItem | undefined {
    const row = this.#database.get<Row>(
      `SELECT ${columns} FROM items WHERE partition = ? AND key = ?
         AND (expires_at IS NULL OR expires_at > ?)`,
      partition,
      key,
      this.#now(),
    );
    return row && itemOf(row);
  }

  /** @param json the item's value */
  write({ expiresAt, key, partition, sort = {} }: Omit<StoredItem, 'value'>, json: string): void {
    this.#database.run(
      `INSERT INTO items (partition, key, value, by_time, open, expires_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ${newVersion})
       ON CONFLICT (partition, key) DO UPDATE SET value = excluded.value,
         by_time = excluded.by_time, open = excluded.open, expires_at = excluded.expires_at,
         version = excluded.version`,
      partition,
      key,
      json,
      sort.byTime ?? null,
      sort.open ?? null,
      expiresAt ?? null,
    );
  }

  remove(partition: string, key: string): void {
    this.#database.run('DELETE FROM items WHERE partition = ? AND key = ?', partition, key);
  }

  /** @returns the number of items that were removed */
  removeExpired(): number {
    return this.#database.run('DELETE FROM items WHERE expires_at <= ?', this.#now());
  }

  list(partition: string, query: ListQuery): { items: VersionedItem[]; next: string | null } {
    const { cursor, descending = false, index, limit, prefix } = query;
    const column = index === undefined ? 'key' : columnOf[index];
    const [after, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
    const start = cursor === undefined ? undefined : decodeCursor(query, cursor);
    const rows = this.#database.all<Row>(
      `SELECT ${columns} FROM items WHERE partition = ? AND ${column} IS NOT NULL
         AND (expires_at IS NULL OR expires_at > ?)
         ${prefix === undefined ? '' : 'AND key >= ? AND key < ?'}
         ${start === undefined ? '' : `AND (${column}, key) ${after} (?, ?)`}
       ORDER BY ${column} ${direction}, key ${direction} LIMIT ?`,
      partition,
      this.#now(),
      ...(prefix === undefined ? [] : [prefix, `${prefix}\u{10FFFF}`]),
      ...(start === undefined ? [] : [start.place, start.key]),
      // One more than asked for tells whether there is a next page.
      limit + 1,
    );
    const items = rows.slice(0, limit).map(itemOf);
    const last = items.at(-1);
    if (rows.length <= limit || last === undefined) return { items, next: null };
    const place = index === undefined ? last.key : (last.sort?.[index] ?? '');
    return { items, next: encodeCursor(query, { place, key: last.key }) };
  }
}

function itemOf({ byTime, expiresAt, key, open, partition, value, version }: Row): VersionedItem {
  return {
    partition,
    key,
    value: JSON.parse(value),
    sort: { ...(byTime !== null && { byTime }), ...(open !== null && { open }) },
    ...(expiresAt !== null && { expiresAt }),
    version,
  };
}
