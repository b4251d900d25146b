import { toStoredJson } from '../../domain/stored-json.ts';
import type { Store } from '../../ports/store.ts';
import { openDatabase, type Database } from './database.ts';
import { createGroupCommit } from './group-commit.ts';
import { ItemTable, itemTableSteps } from './item-table.ts';
import { migrate, requireCurrentSchema } from './schema-version.ts';

export interface SqliteStore extends Store {
  /** Removes what has expired. */
  sweep(): Promise<{ removed: number }>;
  /** Writes that are under way are finished. */
  close(): Promise<void>;
}

/**
 * The store in one SQLite file, created where it is missing.
 * @param options `now`: milliseconds since the epoch
 * @throws UpstreamError when the file is damaged, or newer than this program
 */
export function openSqliteStore(
  file: string,
  options: { readOnly?: boolean; now?: () => number } = {},
): SqliteStore {
  const { now = Date.now, readOnly = false } = options;
  const database = openDatabase(file, { readOnly, syncEveryCommit: true });
  try {
    if (readOnly) requireCurrentSchema(database, itemTableSteps);
    else migrate(database, itemTableSteps);
  } catch (error) {
    database.close();
    throw error;
  }
  return createStore(database, new ItemTable(database, now));
}

function createStore(database: Database, items: ItemTable): SqliteStore {
  const writes = createGroupCommit(database);

  return {
    get: async (partition, key) => items.get(partition, key),
    list: async (partition, query) => items.list(partition, query),

    async add(item) {
      // Before the value joins a group of writes, which would fail with it.
      const json = toStoredJson(item.value);
      return writes.commit(() => {
        if (items.get(item.partition, item.key) !== undefined) return false;
        items.write(item, json);
        return true;
      });
    },

    async put(item, ifVersion) {
      const json = toStoredJson(item.value);
      return writes.commit(() => {
        const version = items.get(item.partition, item.key)?.version;
        if (ifVersion !== undefined && version !== ifVersion) return false;
        items.write(item, json);
        return true;
      });
    },

    remove: (partition, key) => writes.commit(() => items.remove(partition, key)),
    sweep: () => writes.commit(() => ({ removed: items.removeExpired() })),

    async close() {
      await writes.drain();
      database.close();
    },
  };
}
