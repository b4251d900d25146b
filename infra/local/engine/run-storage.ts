import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import { hangingError } from '../../../lib/domain/reconcile/hanging-run.ts';
import type { Cause, RunSelection, RunState } from '../../../lib/domain/run.ts';
import type { Database } from '../../../lib/adapters/sqlite/database.ts';
import { among, type DueFilter, type RunIds } from './due-filter.ts';

export interface RunRecord {
  /** Order of start. */
  seq: number;
  id: string;
  name: string;
  flow: string;
  state: RunState;
  /** JSON, as are result, error and cause. */
  input: string;
  result: string | null;
  error: string | null;
  cause: string;
  codeVersion: string;
  /** Milliseconds since 1970, as are all times here. */
  startedAt: number;
  endedAt: number | null;
  invocations: number;
  failures: number;
  parentRun: string | null;
  parentOperation: string | null;
  subject: string;
  /** 1 when the result says where a report is kept, else 0. */
  hasReport: number;
  /** The type that `error` tells. */
  errorType: string | null;
}

/** What lists need of a run: neither input nor result, which may be large. */
export type RunSummaryRecord = Pick<
  RunRecord,
  | 'seq'
  | 'id'
  | 'flow'
  | 'name'
  | 'state'
  | 'startedAt'
  | 'endedAt'
  | 'cause'
  | 'subject'
  | 'hasReport'
  | 'errorType'
>;

export interface NewRun {
  id: string;
  name: string;
  flow: string;
  input: string;
  cause: Cause;
  subject: string;
  codeVersion: string;
  startedAt: number;
  parent: ParentOperation | null;
}

/** The operation of another run that waits for this one. */
export interface ParentOperation {
  runId: string;
  operationId: string;
}

export interface RunFilter {
  flow?: string;
  state?: RunState;
  select?: RunSelection;
  /** Only runs started before the one with this `seq`. */
  before?: number;
  limit: number;
}

const summaryColumns = `seq, id, name, flow, state, started_at AS startedAt, ended_at AS endedAt,
  cause, subject, has_report AS hasReport, error ->> '$.ErrorType' AS errorType`;

const columns = `${summaryColumns}, input, result, error, code_version AS codeVersion, invocations,
  failures, parent_run AS parentRun, parent_operation AS parentOperation`;

const selections: Record<RunSelection, string> = {
  all: 'TRUE',
  // Word for word the condition of the index of this purpose.
  'without-routine': `(state <> 'succeeded' OR cause_kind <> 'schedule')`,
  attention: `state IN ('failed', 'timed_out', 'stopped')
    AND (state <> 'stopped' OR error ->> '$.ErrorType' = '${hangingError}')`,
};

/** Rows of the table `runs`. */
export class RunStorage {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  insert(run: NewRun): void {
    this.#database.run(
      `INSERT INTO runs (id, name, flow, state, input, cause, subject, code_version, started_at,
         parent_run, parent_operation)
       VALUES (?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?)`,
      run.id,
      run.name,
      run.flow,
      run.input,
      JSON.stringify(run.cause),
      run.subject,
      run.codeVersion,
      run.startedAt,
      run.parent?.runId ?? null,
      run.parent?.operationId ?? null,
    );
  }

  get(id: string) {
    return this.#database.get<RunRecord>(`SELECT ${columns} FROM runs WHERE id = ?`, id);
  }

  /** @throws RequestRejectedError when there is no such run (any more). */
  require(id: string): RunRecord {
    const run = this.get(id);
    if (!run) throw new RequestRejectedError('not-found', 'There is no such run');
    return run;
  }

  getByName(name: string) {
    return this.#database.get<RunRecord>(`SELECT ${columns} FROM runs WHERE name = ?`, name);
  }

  /** Newest first. */
  list(filter: RunFilter): RunSummaryRecord[] {
    const conditions = ['seq < ?', selections[filter.select ?? 'all']];
    const values: (string | number)[] = [filter.before ?? Number.MAX_SAFE_INTEGER];
    if (filter.flow !== undefined) {
      conditions.push('flow = ?');
      values.push(filter.flow);
    }
    if (filter.state !== undefined) {
      conditions.push('state = ?');
      values.push(filter.state);
    }
    return this.#database.all<RunSummaryRecord>(
      `SELECT ${summaryColumns} FROM runs WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT ?`,
      ...values,
      filter.limit,
    );
  }

  /** By the range of ids that begin with `prefix`, which the index on ids answers. */
  listByIdPrefix(prefix: string, limit: number) {
    return this.#database.all<RunSummaryRecord>(
      `SELECT ${summaryColumns} FROM runs WHERE id >= ? AND id < ? ORDER BY seq DESC LIMIT ?`,
      prefix,
      `${prefix}\u{10FFFF}`,
      limit,
    );
  }

  /** What a starting process has to act on: all but runs that wait for code it has. */
  listLeftBehind(codeVersion: string, flows: readonly string[]) {
    return this.#database.all<RunRecord>(
      `SELECT ${columns} FROM runs WHERE state IN ('pending', 'running', 'waiting')
         AND (state <> 'waiting' OR code_version <> ?
           OR flow NOT IN (SELECT value FROM json_each(?))) ORDER BY seq`,
      codeVersion,
      JSON.stringify(flows),
    );
  }

  /** The first invocation sets when the run times out: in the queue it does not age. */
  markInvoked(id: string, expiresAt: number): void {
    this.#database.run(
      `UPDATE runs SET state = 'running', invocations = invocations + 1, wake_at = NULL,
         expires_at = coalesce(expires_at, ?) WHERE id = ?`,
      expiresAt,
      id,
    );
  }

  /** Nothing to do until something wakes it. */
  markWaiting(id: string): void {
    this.#database.run(
      `UPDATE runs SET state = 'waiting', failures = 0 WHERE id = ? AND ended_at IS NULL`,
      id,
    );
  }

  /** Gives the run's flow; undefined for a run that has ended. */
  markRunnable(id: string) {
    return this.#database.get<{ flow: string }>(
      `UPDATE runs SET state = iif(state = 'pending', state, 'running'), wake_at = NULL
       WHERE id = ? AND state IN ('pending', 'running', 'waiting') RETURNING flow`,
      id,
    )?.flow;
  }

  /** The invocation failed: try again at `wakeAt`. */
  markRetrying(id: string, wakeAt: number): void {
    this.#database.run(
      `UPDATE runs SET state = 'waiting', failures = failures + 1, wake_at = ?
       WHERE id = ? AND ended_at IS NULL`,
      wakeAt,
      id,
    );
  }

  markEnded(id: string, end: RunEnd): void {
    this.#database.run(
      `UPDATE runs SET state = ?, result = ?, error = ?, ended_at = ?, wake_at = NULL,
         expires_at = NULL WHERE id = ?`,
      end.state,
      end.result,
      end.error,
      end.endedAt,
      id,
    );
  }

  setCodeVersion(id: string, version: string): void {
    this.#database.run(`UPDATE runs SET code_version = ? WHERE id = ?`, version, id);
  }

  listDueToWake({ now, only, limit }: DueFilter) {
    const { condition, ids } = among('id', only);
    return idsOf(
      this.#database.all<{ id: string }>(
        `SELECT id FROM runs WHERE wake_at <= ? AND ${condition} ORDER BY wake_at LIMIT ?`,
        now,
        ...ids,
        limit,
      ),
    );
  }

  listExpired({ now, only, limit }: DueFilter) {
    const { condition, ids } = among('id', only);
    return idsOf(
      this.#database.all<{ id: string }>(
        `SELECT id FROM runs WHERE expires_at <= ? AND ${condition} ORDER BY expires_at LIMIT ?`,
        now,
        ...ids,
        limit,
      ),
    );
  }

  /** Earliest time at which a run is to be woken or times out. */
  nextDue(only: RunIds | undefined) {
    const { condition, ids } = among('id', only);
    return (
      this.#database.get<{ at: number | null }>(
        `SELECT min(at) AS at FROM (
           SELECT min(wake_at) AS at FROM runs WHERE wake_at IS NOT NULL AND ${condition}
           UNION ALL
           SELECT min(expires_at) FROM runs WHERE expires_at IS NOT NULL AND ${condition})`,
        ...ids,
        ...ids,
      )?.at ?? null
    );
  }

  /** Removes runs that ended before `before`, with everything that belongs to them. */
  deleteEndedBefore(before: number, limit: number) {
    return this.#database.run(
      `DELETE FROM runs WHERE id IN
         (SELECT id FROM runs WHERE ended_at < ? ORDER BY ended_at LIMIT ?)`,
      before,
      limit,
    );
  }
}

export interface RunEnd {
  state: RunState;
  result: string | null;
  error: string | null;
  endedAt: number;
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map((row) => row.id);
}
