import type { Database } from '../../../lib/adapters/sqlite/database.ts';

export interface CallbackRecord {
  id: string;
  runId: string;
  operationId: string;
  /** Milliseconds since 1970; null without a time-out. */
  deadline: number | null;
  heartbeatSeconds: number | null;
}

export type CallbackStorage = ReturnType<typeof createCallbackStorage>;

/** Rows of the table `callbacks`: which operation a callback id stands for. */
export function createCallbackStorage(database: Database) {
  return {
    insert(callback: CallbackRecord): void {
      database.run(
        `INSERT INTO callbacks (id, run_id, operation_id, deadline, heartbeat_seconds)
         VALUES (?, ?, ?, ?, ?)`,
        callback.id,
        callback.runId,
        callback.operationId,
        callback.deadline,
        callback.heartbeatSeconds,
      );
    },

    get: (id: string) =>
      database.get<CallbackRecord>(
        `SELECT id, run_id AS runId, operation_id AS operationId, deadline,
           heartbeat_seconds AS heartbeatSeconds FROM callbacks WHERE id = ?`,
        id,
      ),
  };
}
