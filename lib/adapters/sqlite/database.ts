import { chmodSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { explainStorageError } from './storage-errors.ts';

/* oxlint-disable typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters --
   the SELECT beside each call says what its rows are; nothing can check that here. */

/** One SQLite file. Calls are synchronous; every error is an UpstreamError that says what to do. */
export interface Database {
  /** Runs statements without parameters. */
  exec(sql: string): void;
  /** Runs one statement and gives the number of rows it changed. */
  run(sql: string, ...parameters: SQLInputValue[]): number;
  /** First row; `Row` is what the SELECT names. */
  get<Row>(sql: string, ...parameters: SQLInputValue[]): Row | undefined;
  all<Row>(sql: string, ...parameters: SQLInputValue[]): Row[];
  /** All or nothing. Joins the transaction that is open already. */
  transaction<Result>(work: () => Result): Result;
  /** Runs `effect` after the commit of the open transaction (never after a rollback), or now. */
  afterCommit(effect: () => void): void;
  close(): void;
}

export interface DatabaseOptions {
  /** Default: false. */
  readOnly?: boolean;
  /** A commit is on the disk before it returns, also for a power cut: slower. Default: false. */
  syncEveryCommit?: boolean;
}

export function openDatabase(file: string, options: DatabaseOptions = {}): Database {
  const explained = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw explainStorageError(error, file);
    }
  };
  const connection = explained(() => open(file, options));
  const statements = new Map<string, StatementSync>();
  let effects: (() => void)[] = [];

  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  function transaction<Result>(work: () => Result): Result {
    if (connection.isTransaction) return work();
    const result = explained(() => {
      connection.exec('BEGIN IMMEDIATE');
      try {
        const value = work();
        connection.exec('COMMIT');
        return value;
      } catch (error) {
        effects = [];
        // A full disk makes SQLite roll back by itself.
        if (connection.isTransaction) connection.exec('ROLLBACK');
        throw error;
      }
    });
    const committed = effects;
    effects = [];
    for (const effect of committed) effect();
    return result;
  }

  return {
    exec: (sql) => explained(() => connection.exec(sql)),
    run: (sql, ...parameters) => explained(() => Number(prepared(sql).run(...parameters).changes)),
    get: <Row>(sql: string, ...parameters: SQLInputValue[]) =>
      explained(() => prepared(sql).get(...parameters) as Row | undefined),
    all: <Row>(sql: string, ...parameters: SQLInputValue[]) =>
      explained(() => prepared(sql).all(...parameters) as Row[]),
    transaction,
    afterCommit(effect) {
      if (connection.isTransaction) effects.push(effect);
      else effect();
    },
    close: () => connection.close(),
  };
}

function open(
  file: string,
  { readOnly = false, syncEveryCommit = false }: DatabaseOptions,
): DatabaseSync {
  const connection = new DatabaseSync(file, { readOnly, timeout: 5_000 });
  try {
    // Opening reads nothing: this is where a file that is no database shows itself.
    connection.exec('PRAGMA schema_version');
    if (!readOnly) {
      // Inputs and logs are their owner's business; the files beside it take over its mode.
      if (file !== ':memory:') chmodSync(file, 0o600);
      prepareForWriting(connection);
      if (syncEveryCommit) connection.exec('PRAGMA synchronous = FULL');
    }
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * WAL with synchronous=NORMAL survives the death of the process at any moment; a power cut may
 * take the last few commits, never the file. auto_vacuum works only when set before the first
 * table. Copying the WAL back waits for the disk: every 16 MB, not every 4.
 */
function prepareForWriting(connection: DatabaseSync): void {
  connection.exec(`
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA foreign_keys = ON;
  `);
}
