import {
  DurableExecutionClientError,
  type CheckpointDurableExecutionRequest,
  type DurableExecutionClient,
  type ErrorObject,
  type GetDurableExecutionStateRequest,
  type OperationUpdate,
} from '@aws/durable-execution-sdk-js';
import { createHash } from 'node:crypto';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { Invocation } from './active-invocations.ts';
import { applyUpdate, type CheckpointEffect } from './checkpoint-rules.ts';
import type { EngineContext } from './engine-context.ts';
import { executionState } from './execution-state.ts';
import { flowOfFunctionName, runIdOfExecution } from './execution-arn.ts';
import type { StoredOperation } from './operation-storage.ts';
import type { Outcome, RunLifecycle } from './run-lifecycle.ts';
import { isPassingStorageError } from '../../../lib/adapters/sqlite/storage-errors.ts';

/** The two calls by which the SDK reads and saves the state of an execution. */
export class CheckpointClient implements DurableExecutionClient {
  readonly #context: EngineContext;
  readonly #lifecycle: RunLifecycle;
  readonly #runDueTimers: () => void;

  constructor(
    context: EngineContext,
    parts: { lifecycle: RunLifecycle; runDueTimers: () => void },
  ) {
    this.#context = context;
    this.#lifecycle = parts.lifecycle;
    this.#runDueTimers = parts.runDueTimers;
  }

  async getExecutionState(request: GetDurableExecutionStateRequest) {
    const { tables } = this.#context;
    const run = tables.runs.get(this.#requireCurrent(request).runId);
    return run ? executionState(tables, run, request.Marker) : { Operations: [] };
  }

  async checkpoint(request: CheckpointDurableExecutionRequest) {
    // The SDK asks with an empty checkpoint right when a wait is over, often before our timer.
    this.#runDueTimers();
    const invocation = this.#requireCurrent(request);
    try {
      const changed = this.#save(invocation.runId, request.Updates ?? []);
      this.#addTouched(invocation, changed);
      return {
        CheckpointToken: this.#context.active.renewToken(invocation),
        NewExecutionState: { Operations: [...changed.values()] },
      };
    } catch (error) {
      throw blameStorage(invocation, error);
    }
  }

  #requireCurrent(request: CurrentRequest): Invocation {
    const runId = runIdOfExecution(request.DurableExecutionArn ?? '') ?? '';
    const invocation = this.#context.active.get(runId);
    if (invocation && invocation.token === request.CheckpointToken) return invocation;
    throw invocationError('Invalid checkpoint token: this invocation is not the current one');
  }

  #save(runId: string, updates: readonly OperationUpdate[]): Map<string, StoredOperation> {
    const { tables, now, newId } = this.#context;
    const changed = new Map<string, StoredOperation>();
    tables.database.transaction(() => {
      for (const update of updates) {
        if (update.Type === 'EXECUTION') {
          this.#lifecycle.end(runId, outcomeOf(update));
          continue;
        }
        const id = update.Id ?? '';
        const existing = changed.get(id) ?? tables.operations.get(runId, id);
        const effect = applyUpdate(update, { existing, now: now(), newId });
        changed.set(id, this.#carryOut(runId, effect));
      }
    });
    return changed;
  }

  #carryOut(runId: string, effect: CheckpointEffect): StoredOperation {
    const { operation, callback, invoke } = effect;
    this.#lifecycle.saveOperation(runId, operation, effect.dueAt);
    if (callback) {
      this.#context.tables.callbacks.insert({ ...callback, runId, operationId: operation.Id });
    }
    return invoke ? this.#startChild(runId, operation, invoke) : operation;
  }

  /** In the transaction of the checkpoint: neither an invoke without its run nor the reverse. */
  #startChild(
    runId: string,
    operation: StoredOperation,
    invoke: NonNullable<CheckpointEffect['invoke']>,
  ): StoredOperation {
    try {
      this.#lifecycle.start({
        flow: flowOfFunctionName(invoke.functionName),
        name: childName(runId, operation.Id),
        input: invoke.payload ?? '{}',
        cause: { kind: 'run', runId },
        parent: { runId, operationId: operation.Id },
      });
      return operation;
    } catch (error) {
      if (!(error instanceof RequestRejectedError)) throw error;
      const failed = failedInvoke(operation, error.message, this.#context.now());
      this.#lifecycle.saveOperation(runId, failed, null);
      return failed;
    }
  }

  /** The answer also tells what timers, callbacks and other runs have changed meanwhile. */
  #addTouched({ runId, touched }: Invocation, changed: Map<string, StoredOperation>): void {
    for (const id of touched) {
      const operation = changed.get(id) ?? this.#context.tables.operations.get(runId, id);
      if (operation) changed.set(id, operation);
    }
    touched.clear();
  }
}

interface CurrentRequest {
  DurableExecutionArn: string | undefined;
  CheckpointToken: string | undefined;
}

/** The execution is not at fault when nothing can be saved: only this invocation ends. */
function blameStorage(invocation: Invocation, error: unknown): unknown {
  if (!(error instanceof Error) || !isPassingStorageError(error)) return error;
  invocation.storageProblem = error;
  return invocationError(error.message, error);
}

function invocationError(message: string, cause?: unknown): DurableExecutionClientError {
  return new DurableExecutionClientError(message, { scope: 'INVOCATION', cause });
}

function outcomeOf(update: OperationUpdate): Outcome {
  return update.Action === 'SUCCEED'
    ? { state: 'succeeded', result: update.Payload }
    : { state: 'failed', error: update.Error ?? {} };
}

/** The same operation always asks for the same run, also when it is replayed after a crash. */
function childName(runId: string, operationId: string): string {
  const digest = createHash('sha256').update(`${runId}/${operationId}`).digest('hex');
  return `invoke-${digest.slice(0, 40)}`;
}

function failedInvoke(operation: StoredOperation, message: string, now: number): StoredOperation {
  const error: ErrorObject = { ErrorType: 'InvokeError', ErrorMessage: message };
  return {
    ...operation,
    Status: 'FAILED',
    EndTimestamp: new Date(now).toISOString(),
    ChainedInvokeDetails: { Error: error },
  };
}
