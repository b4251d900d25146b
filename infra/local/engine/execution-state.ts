import type { Tables } from './engine-context.ts';
import type { StoredOperation } from './operation-storage.ts';
import type { RunRecord } from './run-storage.ts';
import { visibleOperations } from './visible-operations.ts';

/** Operations in one answer; the SDK asks for the next page by the marker. */
const operationsPerPage = 1_000;

export interface ExecutionStatePage {
  Operations: StoredOperation[];
  NextMarker?: string;
}

/** What a handler needs to replay, by pages. `marker`: the `NextMarker` of the page before. */
export function executionState(tables: Tables, run: RunRecord, marker = '0'): ExecutionStatePage {
  const operations = [
    executionOperation(run),
    ...visibleOperations(tables.operations.list(run.id)),
  ];
  const from = Number(marker);
  const end = from + operationsPerPage;
  return {
    Operations: operations.slice(from, end),
    ...(end < operations.length && { NextMarker: String(end) }),
  };
}

/** The first operation of every execution carries its input. */
function executionOperation(run: RunRecord): StoredOperation {
  return {
    Id: run.id,
    Type: 'EXECUTION',
    Status: 'STARTED',
    StartTimestamp: new Date(run.startedAt).toISOString(),
    ExecutionDetails: { InputPayload: run.input },
  };
}
