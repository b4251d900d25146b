import type { StoredOperation } from './operation-storage.ts';

/**
 * An operation whose time has come: a step may try again, a wait is over, a callback has timed out.
 * `missedHeartbeat`: the time-out is still ahead, it was the heartbeat that did not come.
 */
export function advanceByTimer(
  operation: StoredOperation,
  { now, missedHeartbeat }: { now: number; missedHeartbeat: boolean },
): StoredOperation {
  const EndTimestamp = new Date(now).toISOString();
  switch (operation.Type) {
    case 'STEP':
      return { ...operation, Status: 'READY' };
    case 'CALLBACK':
      return {
        ...operation,
        Status: 'TIMED_OUT',
        EndTimestamp,
        CallbackDetails: {
          ...operation.CallbackDetails,
          Error: {
            ErrorType: missedHeartbeat ? 'Callback.Heartbeat' : 'Callback.Timeout',
            ErrorMessage: missedHeartbeat
              ? 'Callback timed out: no heartbeat'
              : 'Callback timed out',
          },
        },
      };
    default:
      return { ...operation, Status: 'SUCCEEDED', EndTimestamp };
  }
}
