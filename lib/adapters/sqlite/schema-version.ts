import { UpstreamError } from '../../domain/errors.ts';
import type { Database } from './database.ts';

/**
 * Brings the schema up to date, one transaction per version.
 * @throws UpstreamError for a file that a newer version of this program has written.
 */
export function migrate(database: Database, steps: readonly string[]): void {
  refuseNewer(database, steps);
  for (const [index, sql] of steps.entries()) {
    if (index < schemaVersion(database)) continue;
    database.transaction(() => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}

/** For readers, who must not change the schema. @throws UpstreamError for any other version. */
export function requireCurrentSchema(database: Database, steps: readonly string[]): void {
  refuseNewer(database, steps);
  if (schemaVersion(database) < steps.length) {
    throw new UpstreamError('The database is not up to date yet: start the host once.', {
      service: 'database',
      retryable: false,
    });
  }
}

function refuseNewer(database: Database, steps: readonly string[]): void {
  const version = schemaVersion(database);
  if (version <= steps.length) return;
  throw new UpstreamError(
    `The database was written by a newer version of this program (schema ${version}, this one ` +
      `knows up to ${steps.length}). Use that version, or another data folder.`,
    { service: 'database', retryable: false },
  );
}

function schemaVersion(database: Database): number {
  return database.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}
