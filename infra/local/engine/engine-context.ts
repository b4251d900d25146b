import { createActiveInvocations, type ActiveInvocations } from './active-invocations.ts';
import { createCallbackStorage, type CallbackStorage } from './callback-storage.ts';
import type { Database } from '../../../lib/adapters/sqlite/database.ts';
import type { FlowRegistration } from './engine-interface.ts';
import type { FlowPlace } from './execution-arn.ts';
import { createOperationStorage, type OperationStorage } from './operation-storage.ts';
import { createRunHistory, type RunHistory } from './run-history.ts';
import { createRunLog, type RunLog } from './run-log.ts';
import { RunStorage } from './run-storage.ts';

export interface Tables {
  database: Database;
  runs: RunStorage;
  operations: OperationStorage;
  callbacks: CallbackStorage;
  history: RunHistory;
  log: RunLog;
}

/** What the parts of one engine share. */
export interface EngineContext {
  tables: Tables;
  active: ActiveInvocations;
  flows: Map<string, FlowRegistration>;
  codeVersion: string;
  place: FlowPlace;
  now: () => number;
  newId: () => string;
  signals: EngineSignals;
}

/** What a change in the tables asks of the parts that live in memory. Sent after the commit. */
export interface EngineSignals {
  /** A run has begun its life in this process; its `runnable` follows. */
  started(runId: string): void;
  /** A run wants to be invoked. */
  runnable(flow: string, runId: string): void;
  /** A timer has to act at this time. */
  due(at: number): void;
  ended(runId: string): void;
}

export function createTables(database: Database): Tables {
  return {
    database,
    runs: new RunStorage(database),
    operations: createOperationStorage(database),
    callbacks: createCallbackStorage(database),
    history: createRunHistory(database),
    log: createRunLog(database),
  };
}

export function createEngineContext(parts: Omit<EngineContext, 'active' | 'flows'>): EngineContext {
  return { ...parts, active: createActiveInvocations(), flows: new Map() };
}
