import type { NewEvent } from './run-history.ts';
import type { StoredOperation } from './operation-storage.ts';

const subjects: Record<string, string> = {
  STEP: 'Step',
  WAIT: 'Wait',
  CONTEXT: 'Context',
  CALLBACK: 'Callback',
  CHAINED_INVOKE: 'ChainedInvoke',
};

const verbs: Record<string, string> = {
  STARTED: 'Started',
  PENDING: 'RetryScheduled',
  READY: 'Ready',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  TIMED_OUT: 'TimedOut',
  STOPPED: 'Stopped',
  CANCELLED: 'Cancelled',
};

/** The history's event for an operation that has just reached its present status. */
export function operationEvent(operation: StoredOperation, at: number): NewEvent {
  const type = `${subjects[operation.Type ?? ''] ?? ''}${verbs[operation.Status ?? ''] ?? ''}`;
  return {
    type,
    at,
    operation: { id: operation.Id, name: operation.Name ?? null },
    detail: detailOf(operation),
  };
}

function detailOf(operation: StoredOperation): Record<string, unknown> {
  const error = operationError(operation);
  const step = operation.StepDetails;
  return {
    ...(operation.ParentId !== undefined && { parentId: operation.ParentId }),
    ...(step?.Attempt !== undefined && { attempt: step.Attempt }),
    ...(operation.Status === 'PENDING' && { nextAttemptAt: step?.NextAttemptTimestamp }),
    ...(operation.Status === 'STARTED' &&
      operation.WaitDetails && { until: operation.WaitDetails.ScheduledEndTimestamp }),
    ...(operation.Status === 'STARTED' &&
      operation.CallbackDetails && { callbackId: operation.CallbackDetails.CallbackId }),
    ...(error && { error: { type: error.ErrorType, message: error.ErrorMessage } }),
  };
}

export function operationError(operation: StoredOperation) {
  return (
    operation.StepDetails?.Error ??
    operation.ContextDetails?.Error ??
    operation.CallbackDetails?.Error ??
    operation.ChainedInvokeDetails?.Error
  );
}
