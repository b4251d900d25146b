import type { Database } from '../../../lib/adapters/sqlite/database.ts';
import type { RunEvent } from './engine-interface.ts';

export interface NewEvent {
  type: string;
  at: number;
  operation?: { id: string; name: string | null };
  detail?: Record<string, unknown>;
}

interface EventRow {
  seq: number;
  at: number;
  type: string;
  taskId: string | null;
  task: string | null;
  detail: string;
}

export type RunHistory = ReturnType<typeof createRunHistory>;

/** The table `events`. Payloads stay with the operations; an event carries small facts only. */
export function createRunHistory(database: Database) {
  return {
    append(runId: string, event: NewEvent): void {
      database.run(
        `INSERT INTO events (run_id, at, type, operation_id, operation_name, detail)
         VALUES (?, ?, ?, ?, ?, ?)`,
        runId,
        event.at,
        event.type,
        event.operation?.id ?? null,
        event.operation?.name ?? null,
        JSON.stringify(event.detail ?? {}),
      );
    },

    count(runId: string, type: string): number {
      const row = database.get<{ count: number }>(
        `SELECT count(*) AS count FROM events WHERE run_id = ? AND type = ?`,
        runId,
        type,
      );
      return row?.count ?? 0;
    },

    list: (runId: string): RunEvent[] =>
      database
        .all<EventRow>(
          `SELECT seq, at, type, operation_id AS taskId, operation_name AS task, detail
           FROM events WHERE run_id = ? ORDER BY seq`,
          runId,
        )
        .map(eventView),
  };
}

function eventView({ at, detail, ...row }: EventRow): RunEvent {
  return { ...row, at: new Date(at).toISOString(), detail: JSON.parse(detail) };
}
