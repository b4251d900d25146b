import { openDatabase } from '../../../lib/adapters/sqlite/database.ts';
import { requireCurrentSchema } from '../../../lib/adapters/sqlite/schema-version.ts';
import { createTables } from './engine-context.ts';
import { migrations } from './migrations.ts';
import { createRunQueries, type RunQueries } from './run-queries.ts';

/**
 * Reads the runs of an engine that another process may be running on the same file.
 * @throws UpstreamError when there is no such file, or one of another version.
 */
export function openRunsReadOnly(databaseFile: string): RunQueries & { close(): void } {
  const database = openDatabase(databaseFile, { readOnly: true });
  try {
    requireCurrentSchema(database, migrations);
    return { ...createRunQueries(createTables(database)), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
