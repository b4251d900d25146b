import type { EngineContext } from './engine-context.ts';
import type { DueOperation } from './operation-storage.ts';
import type { RunLifecycle } from './run-lifecycle.ts';
import { advanceByTimer } from './timer-rules.ts';

/** Things done in one transaction; the timer comes back at once for the rest. */
const batch = 200;

/** What a timer acts on: execution time-outs, operations, and invocations to be tried again. */
export function createDueWork({ tables }: EngineContext, lifecycle: RunLifecycle) {
  const { database, runs, operations, callbacks } = tables;

  function advance({ runId, operation }: DueOperation, now: number): void {
    const callbackId = operation.CallbackDetails?.CallbackId;
    const deadline = callbackId === undefined ? null : callbacks.get(callbackId)?.deadline;
    const missedHeartbeat = deadline === null || deadline === undefined || now < deadline;
    lifecycle.wake(runId, advanceByTimer(operation, { now, missedHeartbeat }));
  }

  return {
    runDue(now: number): void {
      database.transaction(() => {
        for (const runId of runs.listExpired(now, batch)) {
          lifecycle.end(runId, {
            state: 'timed_out',
            error: { ErrorType: 'ExecutionTimedOut', ErrorMessage: 'The run took too long' },
          });
        }
        for (const due of operations.listDue(now, batch)) advance(due, now);
        for (const runId of runs.listDueToWake(now, batch)) lifecycle.requeue(runId);
      });
    },

    /** Milliseconds since 1970; null when nothing waits for a timer. */
    nextDue(): number | null {
      const at = Math.min(runs.nextDue() ?? Infinity, operations.nextDue() ?? Infinity);
      return at === Infinity ? null : at;
    },
  };
}
