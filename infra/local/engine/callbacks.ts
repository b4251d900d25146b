import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { CallbackRecord } from './callback-storage.ts';
import { hasEnded, nextCallbackDue } from './checkpoint-rules.ts';
import type { EngineContext } from './engine-context.ts';
import type { Callbacks } from './engine-interface.ts';
import type { StoredOperation } from './operation-storage.ts';
import type { RunLifecycle } from './run-lifecycle.ts';

/** The outside's side of `waitForCallback` and `createCallback`. */
export function createCallbacks(context: EngineContext, lifecycle: RunLifecycle): Callbacks {
  const { tables, now, signals } = context;

  function requireOpen(callbackId: string): Open {
    const callback = tables.callbacks.get(callbackId);
    const operation = callback && tables.operations.get(callback.runId, callback.operationId);
    if (!callback || !operation) {
      throw new RequestRejectedError('not-found', 'There is no such callback');
    }
    const runEnded = tables.runs.get(callback.runId)?.endedAt !== null;
    if (hasEnded(operation) || runEnded) {
      throw new RequestRejectedError('conflict', 'This callback was completed or has timed out');
    }
    return { callback, operation };
  }

  function complete(callbackId: string, change: Completion): void {
    tables.database.transaction(() => {
      const { callback, operation } = requireOpen(callbackId);
      lifecycle.wake(callback.runId, {
        ...operation,
        Status: change.Status,
        EndTimestamp: new Date(now()).toISOString(),
        CallbackDetails: { ...operation.CallbackDetails, ...change.details },
      });
    });
  }

  return {
    succeed(callbackId, result) {
      complete(callbackId, { Status: 'SUCCEEDED', details: { Result: result } });
    },

    fail(callbackId, error) {
      const details = { Error: { ErrorType: error.type, ErrorMessage: error.message } };
      complete(callbackId, { Status: 'FAILED', details });
    },

    heartbeat(callbackId) {
      const { callback } = requireOpen(callbackId);
      const dueAt = nextCallbackDue(callback, now());
      if (dueAt === null) return;
      tables.operations.setDue(callback.runId, callback.operationId, dueAt);
      signals.due(dueAt);
    },
  };
}

interface Open {
  callback: CallbackRecord;
  operation: StoredOperation;
}

interface Completion {
  Status: 'SUCCEEDED' | 'FAILED';
  details: NonNullable<StoredOperation['CallbackDetails']>;
}
