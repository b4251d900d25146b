import type { WireOperation } from '@aws/durable-execution-sdk-js';
import type { Database } from '../../../lib/adapters/sqlite/database.ts';
import { among, type DueFilter, type RunIds } from './due-filter.ts';

/** An operation of the SDK with its id and times as ISO text: what is kept and handed back. */
export interface StoredOperation extends WireOperation {
  Id: string;
}

export interface DueOperation {
  runId: string;
  operation: StoredOperation;
}

export type OperationStorage = ReturnType<typeof createOperationStorage>;

/** Rows of the table `operations`. */
export function createOperationStorage(database: Database) {
  return {
    get(runId: string, id: string): StoredOperation | undefined {
      const row = database.get<{ body: string }>(
        `SELECT body FROM operations WHERE run_id = ? AND id = ?`,
        runId,
        id,
      );
      return row && parse(row.body);
    },

    /** In the order in which they began. */
    list: (runId: string) =>
      database
        .all<{ body: string }>(`SELECT body FROM operations WHERE run_id = ? ORDER BY seq`, runId)
        .map((row) => parse(row.body)),

    /** `dueAt`: when a timer has to act on it, null for never. */
    save(runId: string, operation: StoredOperation, dueAt: number | null): void {
      database.run(
        `INSERT INTO operations (run_id, id, body, due_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (run_id, id) DO UPDATE SET body = excluded.body, due_at = excluded.due_at`,
        runId,
        operation.Id,
        JSON.stringify(operation),
        dueAt,
      );
    },

    setDue(runId: string, id: string, dueAt: number): void {
      database.run(
        `UPDATE operations SET due_at = ? WHERE run_id = ? AND id = ?`,
        dueAt,
        runId,
        id,
      );
    },

    disarmAll(runId: string): void {
      database.run(
        `UPDATE operations SET due_at = NULL WHERE run_id = ? AND due_at IS NOT NULL`,
        runId,
      );
    },

    listDue({ now, only, limit }: DueFilter): DueOperation[] {
      const { condition, ids } = among('run_id', only);
      return database
        .all<{ runId: string; body: string }>(
          `SELECT run_id AS runId, body FROM operations WHERE due_at <= ? AND ${condition}
           ORDER BY due_at LIMIT ?`,
          now,
          ...ids,
          limit,
        )
        .map((row) => ({ runId: row.runId, operation: parse(row.body) }));
    },

    nextDue(only: RunIds | undefined): number | null {
      const { condition, ids } = among('run_id', only);
      const row = database.get<{ at: number | null }>(
        `SELECT min(due_at) AS at FROM operations WHERE due_at IS NOT NULL AND ${condition}`,
        ...ids,
      );
      return row?.at ?? null;
    },
  };
}

function parse(body: string): StoredOperation {
  return JSON.parse(body);
}
