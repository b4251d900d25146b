/**
 * The schema, one entry per version, applied in order and never edited once released.
 * Everything that belongs to a run goes with it (`ON DELETE CASCADE`).
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE runs (
    -- Order of start, newest last: what the runs list pages by.
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    flow TEXT NOT NULL,
    -- 'pending' and 'running' runs are in the queue or in flight: they are queued again at start.
    state TEXT NOT NULL,
    input TEXT NOT NULL,
    result TEXT,
    error TEXT,
    cause TEXT NOT NULL,
    code_version TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    -- Execution time-out; null once ended.
    expires_at INTEGER,
    -- Next try of an invocation that failed.
    wake_at INTEGER,
    invocations INTEGER NOT NULL DEFAULT 0,
    -- Invocations that failed in a row.
    failures INTEGER NOT NULL DEFAULT 0,
    parent_run TEXT,
    parent_operation TEXT
  );
  CREATE INDEX runs_by_flow ON runs (flow, seq);
  CREATE INDEX runs_by_state ON runs (state, seq);
  CREATE INDEX runs_by_end ON runs (ended_at) WHERE ended_at IS NOT NULL;
  CREATE INDEX runs_by_expiry ON runs (expires_at) WHERE expires_at IS NOT NULL;
  CREATE INDEX runs_by_wake ON runs (wake_at) WHERE wake_at IS NOT NULL;

  CREATE TABLE operations (
    seq INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    -- The operation as the SDK reads it, JSON.
    body TEXT NOT NULL,
    due_at INTEGER,
    UNIQUE (run_id, id)
  );
  CREATE INDEX operations_by_due ON operations (due_at) WHERE due_at IS NOT NULL;

  CREATE TABLE callbacks (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    operation_id TEXT NOT NULL,
    deadline INTEGER,
    heartbeat_seconds INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX callbacks_by_run ON callbacks (run_id);

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    operation_id TEXT,
    operation_name TEXT,
    detail TEXT NOT NULL
  );
  CREATE INDEX events_by_run ON events (run_id);

  CREATE TABLE log_lines (
    seq INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    level TEXT NOT NULL,
    message TEXT NOT NULL,
    task TEXT,
    attempt INTEGER,
    fields TEXT NOT NULL
  );
  CREATE INDEX log_lines_by_run ON log_lines (run_id);
  `,
  `
  -- What lists show and select by, so that they need neither inputs nor results.
  ALTER TABLE runs ADD COLUMN subject TEXT NOT NULL DEFAULT '';
  ALTER TABLE runs ADD COLUMN has_report INTEGER AS
    (CASE WHEN json_valid(result) THEN json_type(result, '$.report') IS 'text' ELSE 0 END);
  ALTER TABLE runs ADD COLUMN cause_kind TEXT AS (cause ->> '$.kind');
  UPDATE runs SET subject = CASE WHEN json_valid(input)
    THEN concat_ws(' of ', input ->> '$.component', input ->> '$.repository') ELSE '' END;
  -- A schedule leaves hundreds of routine runs a day; the list without them must not read them.
  CREATE INDEX runs_without_routine ON runs (seq)
    WHERE state <> 'succeeded' OR cause_kind <> 'schedule';
  `,
];
