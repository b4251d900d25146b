import type { ErrorObject } from '@aws/durable-execution-sdk-js';
import { parseOr } from '../../../lib/domain/parse-or.ts';
import {
  causeSchema,
  finalRunStates,
  type RunDetail,
  type RunError,
  type RunState,
  type RunSummary,
  type Task,
} from '../../../lib/domain/run.ts';
import { operationError } from './operation-events.ts';
import type { StoredOperation } from './operation-storage.ts';
import type { RunRecord, RunSummaryRecord } from './run-storage.ts';

export function runSummary(run: RunSummaryRecord): RunSummary {
  return {
    id: run.id,
    flow: run.flow,
    name: run.name,
    state: run.state,
    startedAt: isoTime(run.startedAt),
    endedAt: run.endedAt === null ? null : isoTime(run.endedAt),
    cause: causeSchema.parse(JSON.parse(run.cause)),
    subject: run.subject,
    hasReport: run.hasReport === 1,
    errorType: run.errorType,
  };
}

export function runDetail(run: RunRecord, operations: readonly StoredOperation[]): RunDetail {
  return {
    ...runSummary(run),
    input: parseOr(run.input, run.input),
    result: run.result === null ? null : parseOr(run.result, run.result),
    error: run.error === null ? null : runError(JSON.parse(run.error)),
    tasks: operations.map((operation) => taskView(operation, run.state)),
  };
}

const kinds: Record<string, Task['kind']> = {
  STEP: 'step',
  WAIT: 'wait',
  CALLBACK: 'callback',
  CHAINED_INVOKE: 'invoke',
};

/** `runState`: what has not finished in a run that has ended was stopped with it. */
export function taskView(operation: StoredOperation, runState: RunState): Task {
  const error = operationError(operation);
  const kind = kinds[operation.Type ?? ''] ?? 'context';
  return {
    id: operation.Id,
    parentId: operation.ParentId ?? null,
    name: operation.Name ?? operation.SubType ?? kind,
    kind,
    state: taskState(operation, kind, runState),
    attempts: kind === 'step' ? attemptsSoFar(operation) : 0,
    startedAt: String(operation.StartTimestamp),
    endedAt: operation.EndTimestamp === undefined ? null : String(operation.EndTimestamp),
    movedAt: lastChange(operation),
    error: error ? runError(error) : null,
  };
}

function taskState(
  operation: StoredOperation,
  kind: Task['kind'],
  runState: RunState,
): Task['state'] {
  switch (operation.Status) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
      return 'failed';
    case 'TIMED_OUT':
      return 'timed_out';
    case 'STOPPED':
    case 'CANCELLED':
      return 'stopped';
    default:
      return finalRunStates.includes(runState) ? 'stopped' : openState(operation, kind, runState);
  }
}

function openState(
  operation: StoredOperation,
  kind: Task['kind'],
  runState: RunState,
): Task['state'] {
  if (operation.Status === 'READY') return 'pending';
  if (operation.Status === 'PENDING') return 'waiting';
  if (kind === 'step') return 'running';
  return kind === 'context' && runState === 'running' ? 'running' : 'waiting';
}

/** An attempt begins when it is due. */
function lastChange({ EndTimestamp, StartTimestamp, StepDetails }: StoredOperation): string {
  const tried = StepDetails?.NextAttemptTimestamp ?? StartTimestamp;
  return String(EndTimestamp ?? tried);
}

/** The SDK counts finished attempts; one that is under way counts here too. */
function attemptsSoFar(operation: StoredOperation): number {
  const finished = operation.StepDetails?.Attempt ?? 0;
  return operation.Status === 'STARTED' ? finished + 1 : finished;
}

function runError(error: ErrorObject): RunError {
  return { type: error.ErrorType ?? 'Error', message: error.ErrorMessage ?? '' };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
