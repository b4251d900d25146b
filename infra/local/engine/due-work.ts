import type { RunIds } from './due-filter.ts';
import type { EngineContext } from './engine-context.ts';
import type { DueOperation } from './operation-storage.ts';
import type { RunLifecycle } from './run-lifecycle.ts';
import { advanceByTimer } from './timer-rules.ts';

/** Things done in one transaction; the timer comes back at once for the rest. */
const batch = 200;

/**
 * What a timer acts on: execution time-outs, operations, and invocations to be tried again.
 * @param only the runs that it acts on; may grow
 */
export function createDueWork(
  { tables }: EngineContext,
  lifecycle: RunLifecycle,
  only: RunIds | undefined,
) {
  const { database, runs, operations, callbacks } = tables;

  function advance({ runId, operation }: DueOperation, now: number): void {
    const callbackId = operation.CallbackDetails?.CallbackId;
    const deadline = callbackId === undefined ? null : callbacks.get(callbackId)?.deadline;
    const missedHeartbeat = deadline === null || deadline === undefined || now < deadline;
    lifecycle.wake(runId, advanceByTimer(operation, { now, missedHeartbeat }));
  }

  return {
    runDue(now: number): void {
      const due = { now, only, limit: batch };
      database.transaction(() => {
        for (const runId of runs.listExpired(due)) {
          lifecycle.end(runId, {
            state: 'timed_out',
            error: { ErrorType: 'ExecutionTimedOut', ErrorMessage: 'The run took too long' },
          });
        }
        for (const operation of operations.listDue(due)) advance(operation, now);
        for (const runId of runs.listDueToWake(due)) lifecycle.requeue(runId);
      });
    },

    /** Milliseconds since 1970; null when nothing waits for a timer. */
    nextDue(): number | null {
      const at = Math.min(runs.nextDue(only) ?? Infinity, operations.nextDue(only) ?? Infinity);
      return at === Infinity ? null : at;
    },
  };
}
