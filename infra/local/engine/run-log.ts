import type { LogLevel, RunLogLine } from '../../../lib/domain/run.ts';
import type { Database } from '../../../lib/adapters/sqlite/database.ts';
import type { NewLogLine } from './engine-interface.ts';

/** A run that logs in a loop must not fill the disk: what comes after these is dropped. */
export interface LogLimits {
  lines: number;
  bytes: number;
  bytesPerLine: number;
}

const defaultLogLimits: LogLimits = {
  lines: 5_000,
  bytes: 2 * 1024 * 1024,
  bytesPerLine: 16 * 1024,
};

interface LineRow {
  seq: number;
  at: number;
  level: LogLevel;
  message: string;
  task: string | null;
  attempt: number | null;
  fields: string;
}

interface Usage {
  lines: number;
  bytes: number;
}

export type RunLog = ReturnType<typeof createRunLog>;

/** The table `log_lines`. */
export function createRunLog(database: Database, limits: LogLimits = defaultLogLimits) {
  /** What runs have logged so far; read from the table at a run's first line in this process. */
  const usages = new Map<string, Usage>();

  const usageOf = (runId: string): Usage => {
    const known = usages.get(runId);
    if (known) return known;
    const counted = database.get<Usage>(
      `SELECT count(*) AS lines, coalesce(sum(length(message) + length(fields)), 0) AS bytes
       FROM log_lines WHERE run_id = ?`,
      runId,
    ) ?? { lines: 0, bytes: 0 };
    usages.set(runId, counted);
    return counted;
  };

  function insert(runId: string, at: number, line: Omit<LineRow, 'seq' | 'at'>): void {
    database.run(
      `INSERT INTO log_lines (run_id, at, level, message, task, attempt, fields)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM runs WHERE id = ?1)`,
      runId,
      at,
      line.level,
      line.message,
      line.task,
      line.attempt,
      line.fields,
    );
  }

  return {
    /** The line that crosses a limit is replaced by one that says so. */
    append(runId: string, at: number, line: NewLogLine): void {
      const usage = usageOf(runId);
      if (usage.lines > limits.lines || usage.bytes > limits.bytes) return;
      const row = fittingRow(line, limits.bytesPerLine);
      usage.lines += 1;
      usage.bytes += row.message.length + row.fields.length;
      const full = usage.lines > limits.lines || usage.bytes > limits.bytes;
      insert(runId, at, full ? fullLogRow : row);
    },

    /** Lines with `seq` above `after`, oldest first. */
    list: (runId: string, page: { after: number; limit: number }): RunLogLine[] =>
      database
        .all<LineRow>(
          `SELECT seq, at, level, message, task, attempt, fields FROM log_lines
           WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
          runId,
          page.after,
          page.limit,
        )
        .map(lineView),

    /** Frees what is remembered of a run that has ended. */
    forget(runId: string): void {
      usages.delete(runId);
    },
  };
}

function lineView({ at, fields, ...row }: LineRow): RunLogLine {
  return { ...row, at: new Date(at).toISOString(), fields: JSON.parse(fields) };
}

const fullLogRow = {
  level: 'warn' as const,
  message: 'The log of this run is full: further lines are dropped.',
  task: null,
  attempt: null,
  fields: '{}',
};

function fittingRow(line: NewLogLine, bytesPerLine: number): Omit<LineRow, 'seq' | 'at'> {
  const fields = fieldsText(line.fields ?? {});
  return {
    level: line.level,
    message: line.message.slice(0, bytesPerLine),
    task: line.task ?? null,
    attempt: line.attempt ?? null,
    fields: fields.length > bytesPerLine ? '{"dropped":"the fields were too large"}' : fields,
  };
}

/** A log line must not fail the code that writes it, whatever it carries. */
function fieldsText(fields: Record<string, unknown>): string {
  try {
    return JSON.stringify(fields);
  } catch {
    return '{"dropped":"the fields are not JSON"}';
  }
}
