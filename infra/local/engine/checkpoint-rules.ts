import { DurableExecutionClientError, type OperationUpdate } from '@aws/durable-execution-sdk-js';
import type { StoredOperation } from './operation-storage.ts';

/** What one update means: the operation after it, and what has to happen besides. */
export interface CheckpointEffect {
  operation: StoredOperation;
  /** When a timer has to act on the operation; null for never. */
  dueAt: number | null;
  /** A callback id to make known. */
  callback?: { id: string; deadline: number | null; heartbeatSeconds: number | null };
  /** A run to start; the operation waits for it. */
  invoke?: { functionName: string; payload: string | undefined };
}

export interface CheckpointContext {
  /** The operation before, where it exists. */
  existing: StoredOperation | undefined;
  now: number;
  newId: () => string;
}

const endedStatuses: readonly unknown[] = [
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'TIMED_OUT',
  'STOPPED',
] satisfies StoredOperation['Status'][];

export function hasEnded(operation: StoredOperation): boolean {
  return endedStatuses.includes(operation.Status);
}

/** @throws DurableExecutionClientError, failing the execution, for an update that cannot follow. */
export function applyUpdate(update: OperationUpdate, context: CheckpointContext): CheckpointEffect {
  const { existing, now } = context;
  if (existing) refuseConflict(update, existing);
  const operation = existing ? structuredClone(existing) : begin(update, now);
  if (update.Action === 'CANCEL') return ended(operation, 'CANCELLED', now);
  switch (update.Type) {
    case 'STEP':
      return applyToStep(operation, update, now);
    case 'CONTEXT':
      return applyToContext(operation, update, now);
    case 'WAIT':
      return startWait(operation, update, now);
    case 'CALLBACK':
      return startCallback(operation, update, context);
    case 'CHAINED_INVOKE':
      return startInvoke(operation, update);
    default:
      throw refusal(`Operations of type ${update.Type} cannot be checkpointed`);
  }
}

function refuseConflict(update: OperationUpdate, existing: StoredOperation): void {
  if (hasEnded(existing)) throw refusal(`Operation ${existing.Id} has ended: ${existing.Status}`);
  if (existing.Type !== update.Type) {
    throw refusal(`Operation ${existing.Id} is a ${existing.Type}, not a ${update.Type}`);
  }
  const startsOnce = existing.Type !== 'STEP' && existing.Type !== 'CONTEXT';
  if (startsOnce && update.Action === 'START') {
    throw refusal(`Operation ${existing.Id} was started already`);
  }
}

function begin(update: OperationUpdate, now: number): StoredOperation {
  if (update.Id === undefined) throw refusal('An update without an operation id');
  return {
    Id: update.Id,
    ParentId: update.ParentId,
    Name: update.Name,
    Type: update.Type,
    SubType: update.SubType,
    StartTimestamp: isoTime(now),
    Status: 'STARTED',
  };
}

/** `Attempt` counts the attempts that have finished. */
function applyToStep(
  operation: StoredOperation,
  update: OperationUpdate,
  now: number,
): CheckpointEffect {
  const attempt = (operation.StepDetails?.Attempt ?? 0) + 1;
  switch (update.Action) {
    case 'SUCCEED':
      operation.StepDetails = { Attempt: attempt, Result: update.Payload };
      return ended(operation, 'SUCCEEDED', now);
    case 'FAIL':
      operation.StepDetails = { Attempt: attempt, Error: update.Error };
      return ended(operation, 'FAILED', now);
    case 'RETRY': {
      const dueAt = now + (update.StepOptions?.NextAttemptDelaySeconds ?? 1) * 1000;
      operation.Status = 'PENDING';
      operation.StepDetails = {
        Attempt: attempt,
        Result: update.Payload,
        Error: update.Error,
        NextAttemptTimestamp: isoTime(dueAt),
      };
      return { operation, dueAt };
    }
    default:
      operation.Status = 'STARTED';
      return { operation, dueAt: null };
  }
}

function applyToContext(
  operation: StoredOperation,
  update: OperationUpdate,
  now: number,
): CheckpointEffect {
  if (update.Action === 'START') return { operation, dueAt: null };
  operation.ContextDetails = {
    Result: update.Payload,
    Error: update.Error,
    ReplayChildren: update.ContextOptions?.ReplayChildren,
  };
  return ended(operation, update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED', now);
}

function startWait(
  operation: StoredOperation,
  update: OperationUpdate,
  now: number,
): CheckpointEffect {
  const dueAt = now + (update.WaitOptions?.WaitSeconds ?? 0) * 1000;
  operation.WaitDetails = { ScheduledEndTimestamp: isoTime(dueAt) };
  return { operation, dueAt };
}

function startCallback(
  operation: StoredOperation,
  update: OperationUpdate,
  { now, newId }: CheckpointContext,
): CheckpointEffect {
  // The SDK sends 0 for "no time-out".
  const timeoutSeconds = update.CallbackOptions?.TimeoutSeconds || null;
  const heartbeatSeconds = update.CallbackOptions?.HeartbeatTimeoutSeconds || null;
  const deadline = timeoutSeconds === null ? null : now + timeoutSeconds * 1000;
  const id = newId();
  operation.CallbackDetails = { CallbackId: id };
  return {
    operation,
    dueAt: nextCallbackDue({ deadline, heartbeatSeconds }, now),
    callback: { id, deadline, heartbeatSeconds },
  };
}

/** The time-out or the next missed heartbeat, whichever comes first. */
export function nextCallbackDue(
  callback: { deadline: number | null; heartbeatSeconds: number | null },
  now: number,
): number | null {
  const heartbeatDue =
    callback.heartbeatSeconds === null ? Infinity : now + callback.heartbeatSeconds * 1000;
  const due = Math.min(callback.deadline ?? Infinity, heartbeatDue);
  return due === Infinity ? null : due;
}

function startInvoke(operation: StoredOperation, update: OperationUpdate): CheckpointEffect {
  const functionName = update.ChainedInvokeOptions?.FunctionName;
  if (functionName === undefined) throw refusal('An invoke without a function name');
  return { operation, dueAt: null, invoke: { functionName, payload: update.Payload } };
}

function ended(
  operation: StoredOperation,
  status: StoredOperation['Status'],
  now: number,
): CheckpointEffect {
  operation.Status = status;
  operation.EndTimestamp = isoTime(now);
  return { operation, dueAt: null };
}

function refusal(message: string): DurableExecutionClientError {
  return new DurableExecutionClientError(message, { scope: 'EXECUTION' });
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
