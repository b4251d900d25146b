import { RequestRejectedError } from '../../domain/errors.ts';
import type { ListQuery, SortIndex, Store, StoredItem, VersionedItem } from '../../ports/store.ts';
import { openDatabase, type Database } from './database.ts';
import { createGroupCommit } from './group-commit.ts';
import { migrate, requireCurrentSchema } from './schema-version.ts';

/** One entry per version of the schema, never edited once released. */
const steps = [
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

const columnOf: Record<SortIndex, string> = { byTime: 'by_time', open: 'open' };

interface Row {
  partition: string;
  key: string;
  value: string;
  byTime: string | null;
  open: string | null;
  expiresAt: number | null;
  version: number;
}

const columns = `partition, key, value, by_time AS byTime, open, expires_at AS expiresAt, version`;

export interface SqliteStore extends Store {
  /** Removes what has expired. */
  sweep(): Promise<{ removed: number }>;
  /** Writes that are under way are finished. */
  close(): Promise<void>;
}

/**
 * The store in one SQLite file, created where it is missing.
 * @throws UpstreamError when the file is damaged, or newer than this program
 */
export function openSqliteStore(
  file: string,
  options: { readOnly?: boolean; now?: () => number } = {},
): SqliteStore {
  const { now = Date.now, readOnly = false } = options;
  const database = openDatabase(file, { readOnly, syncEveryCommit: true });
  try {
    if (readOnly) requireCurrentSchema(database, steps);
    else migrate(database, steps);
  } catch (error) {
    database.close();
    throw error;
  }
  return createStore(database, now);
}

function createStore(database: Database, now: () => number): SqliteStore {
  const writes = createGroupCommit(database);

  const read = (partition: string, key: string): Row | undefined =>
    database.get<Row>(
      `SELECT ${columns} FROM items WHERE partition = ? AND key = ?
         AND (expires_at IS NULL OR expires_at > ?)`,
      partition,
      key,
      now(),
    );

  const write = ({ expiresAt, key, partition, sort = {}, value }: StoredItem): void => {
    database.run(
      `INSERT INTO items (partition, key, value, by_time, open, expires_at, version)
         VALUES (?, ?, ?, ?, ?, ?, 1)
       ON CONFLICT (partition, key) DO UPDATE SET value = excluded.value,
         by_time = excluded.by_time, open = excluded.open, expires_at = excluded.expires_at,
         version = version + 1`,
      partition,
      key,
      JSON.stringify(value),
      sort.byTime ?? null,
      sort.open ?? null,
      expiresAt ?? null,
    );
  };

  return {
    async get(partition, key) {
      const row = read(partition, key);
      return row === undefined ? undefined : toItem(row);
    },

    add: (item) =>
      writes.commit(() => {
        if (read(item.partition, item.key) !== undefined) return false;
        write(item);
        return true;
      }),

    put: (item, ifVersion) =>
      writes.commit(() => {
        const version = read(item.partition, item.key)?.version;
        if (ifVersion !== undefined && version !== ifVersion) return false;
        write(item);
        return true;
      }),

    remove: (partition, key) =>
      writes.commit(() => {
        database.run('DELETE FROM items WHERE partition = ? AND key = ?', partition, key);
      }),

    list: async (partition, query) => list(database, { partition, query, now: now() }),

    sweep: () =>
      writes.commit(() => ({
        removed: database.run('DELETE FROM items WHERE expires_at <= ?', now()),
      })),

    async close() {
      await writes.drain();
      database.close();
    },
  };
}

function list(
  database: Database,
  { now, partition, query }: { now: number; partition: string; query: ListQuery },
): { items: VersionedItem[]; next: string | null } {
  const { cursor, descending = false, index, limit, prefix = '' } = query;
  const column = index === undefined ? 'key' : columnOf[index];
  const [after, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const start = cursor === undefined ? undefined : decodeCursor(cursor);
  const rows = database.all<Row>(
    `SELECT ${columns} FROM items WHERE partition = ? AND ${column} IS NOT NULL
       AND (expires_at IS NULL OR expires_at > ?) AND key >= ? AND key < ?
       ${start === undefined ? '' : `AND (${column}, key) ${after} (?, ?)`}
     ORDER BY ${column} ${direction}, key ${direction} LIMIT ?`,
    partition,
    now,
    prefix,
    `${prefix}\u{10FFFF}`,
    ...(start ?? []),
    limit + 1,
  );
  const items = rows.slice(0, limit).map(toItem);
  const last = items.at(-1);
  const goesOn = rows.length > limit && last !== undefined;
  return { items, next: goesOn ? encodeCursor(placeOf(last, index), last.key) : null };
}

function placeOf(item: VersionedItem, index: SortIndex | undefined): string {
  return index === undefined ? item.key : (item.sort?.[index] ?? '');
}

function encodeCursor(place: string, key: string): string {
  return Buffer.from(JSON.stringify([place, key])).toString('base64url');
}

function decodeCursor(cursor: string): [place: string, key: string] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && typeof parts[0] === 'string' && typeof parts[1] === 'string') {
      return [parts[0], parts[1]];
    }
  } catch {
    // Not of ours, whatever it is: the same answer as below.
  }
  throw new RequestRejectedError('invalid', 'The cursor is none that an answer has given.');
}

function toItem({ byTime, expiresAt, key, open, partition, value, version }: Row): VersionedItem {
  return {
    partition,
    key,
    value: JSON.parse(value),
    sort: {
      ...(byTime === null ? {} : { byTime }),
      ...(open === null ? {} : { open }),
    },
    ...(expiresAt === null ? {} : { expiresAt }),
    version,
  };
}
