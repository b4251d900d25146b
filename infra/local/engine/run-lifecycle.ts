import type { ErrorObject } from '@aws/durable-execution-sdk-js';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import { subjectOf } from '../../../lib/domain/run-subject.ts';
import { finalRunStates, type Cause, type StartedRun } from '../../../lib/domain/run.ts';
import { hasEnded } from './checkpoint-rules.ts';
import type { EngineContext } from './engine-context.ts';
import { operationEvent } from './operation-events.ts';
import type { StoredOperation } from './operation-storage.ts';
import type { ParentOperation, RunRecord } from './run-storage.ts';
import { parseOr } from '../../../lib/domain/parse-or.ts';

export interface NewRunRequest {
  flow: string;
  name: string;
  /** JSON. */
  input: string;
  cause: Cause;
  parent?: ParentOperation;
}

/** How a run ends. `result` is JSON text; absent when the flow returned nothing. */
export type Outcome =
  | { state: 'succeeded'; result?: string | undefined }
  | { state: 'failed' | 'timed_out' | 'stopped'; error: ErrorObject };

const endStatus = {
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  timed_out: 'TIMED_OUT',
  stopped: 'STOPPED',
} as const;

const endEvent = {
  succeeded: 'ExecutionSucceeded',
  failed: 'ExecutionFailed',
  timed_out: 'ExecutionTimedOut',
  stopped: 'ExecutionStopped',
} as const;

/** Beginning, waking and end of runs: every change that the runs' state takes part in. */
export class RunLifecycle {
  readonly #context: EngineContext;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Finds the run of this name or starts it. */
  start(request: NewRunRequest): StartedRun {
    const { tables, flows, now, newId, codeVersion, signals } = this.#context;
    const { database, runs, history } = tables;
    if (!flows.has(request.flow)) {
      throw new RequestRejectedError('not-found', `There is no flow "${request.flow}"`);
    }
    requireValidName(request.name);
    return database.transaction(() => {
      const existing = runs.getByName(request.name);
      if (existing) return { runId: sameRun(existing, request), created: false };
      const run = {
        id: newId(),
        name: request.name,
        flow: request.flow,
        input: request.input,
        cause: request.cause,
        subject: subjectOf(parseOr(request.input, null)),
        codeVersion,
        startedAt: now(),
        parent: request.parent ?? null,
      };
      runs.insert(run);
      history.append(run.id, { type: 'ExecutionStarted', at: run.startedAt });
      database.afterCommit(() => {
        signals.started(run.id);
        signals.runnable(run.flow, run.id);
      });
      return { runId: run.id, created: true };
    });
  }

  /** Saves an operation in its new status, with the event that says so. */
  saveOperation(runId: string, operation: StoredOperation, dueAt: number | null): void {
    const { tables, now, signals } = this.#context;
    const { database, operations, history } = tables;
    operations.save(runId, operation, dueAt);
    history.append(runId, operationEvent(operation, now()));
    if (dueAt !== null) database.afterCommit(() => signals.due(dueAt));
  }

  /** An operation changed outside the handler: save it and make sure that the run notices. */
  wake(runId: string, operation: StoredOperation): void {
    const { tables, active } = this.#context;
    const { database } = tables;
    database.transaction(() => {
      this.saveOperation(runId, operation, null);
      const invocation = active.get(runId);
      if (invocation) database.afterCommit(() => invocation.touched.add(operation.Id));
      else this.requeue(runId);
    });
  }

  /** Without effect on a run that has ended. */
  requeue(runId: string): void {
    const { tables, signals } = this.#context;
    const { database, runs } = tables;
    const flow = runs.markRunnable(runId);
    if (flow !== undefined) database.afterCommit(() => signals.runnable(flow, runId));
  }

  /** Without effect on a run that has ended: the first end counts. */
  end(runId: string, outcome: Outcome): void {
    const { tables, now, signals } = this.#context;
    const { database, runs, operations, history } = tables;
    database.transaction(() => {
      const run = runs.get(runId);
      if (!run || finalRunStates.includes(run.state)) return;
      const error = outcome.state === 'succeeded' ? undefined : outcome.error;
      const result = outcome.state === 'succeeded' ? outcome.result : undefined;
      runs.markEnded(runId, {
        state: outcome.state,
        result: result ?? null,
        error: error ? JSON.stringify(error) : null,
        endedAt: now(),
      });
      operations.disarmAll(runId);
      history.append(runId, {
        type: endEvent[outcome.state],
        at: now(),
        ...(error && { detail: { type: error.ErrorType, message: error.ErrorMessage } }),
      });
      this.#answerParent(run, outcome);
      database.afterCommit(() => signals.ended(runId));
    });
  }

  #answerParent({ parentRun, parentOperation }: RunRecord, outcome: Outcome): void {
    const { tables, now } = this.#context;
    if (parentRun === null || parentOperation === null) return;
    const operation = tables.operations.get(parentRun, parentOperation);
    if (!operation || hasEnded(operation)) return;
    this.wake(parentRun, {
      ...operation,
      Status: endStatus[outcome.state],
      EndTimestamp: new Date(now()).toISOString(),
      ChainedInvokeDetails:
        outcome.state === 'succeeded' ? { Result: outcome.result } : { Error: outcome.error },
    });
  }
}

function requireValidName(name: string): void {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(name)) return;
  throw new RequestRejectedError(
    'invalid',
    'The name of a run is 1 to 64 letters, digits, hyphens and underscores',
  );
}

function sameRun(existing: RunRecord, request: NewRunRequest): string {
  if (existing.flow === request.flow && existing.input === request.input) return existing.id;
  throw new RequestRejectedError(
    'conflict',
    `A run named "${request.name}" exists already, of another flow or with another input`,
  );
}
