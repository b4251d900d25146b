import type { RunDetail } from '../../../lib/domain/run.ts';

interface Waiter {
  resolve: (run: RunDetail) => void;
  reject: (reason: unknown) => void;
}

/** Those who wait for runs to end. */
export function createRunWaiters() {
  const byRun = new Map<string, Set<Waiter>>();

  return {
    wait: (runId: string, signal?: AbortSignal) =>
      new Promise<RunDetail>((resolve, reject) => {
        signal?.throwIfAborted();
        const waiters = byRun.get(runId) ?? new Set<Waiter>();
        byRun.set(runId, waiters);
        const waiter = { resolve, reject };
        waiters.add(waiter);
        signal?.addEventListener('abort', () => {
          waiters.delete(waiter);
          reject(signal.reason);
        });
      }),

    has: (runId: string) => byRun.has(runId),

    settle(runId: string, run: RunDetail): void {
      for (const waiter of byRun.get(runId) ?? []) waiter.resolve(run);
      byRun.delete(runId);
    },

    rejectAll(reason: Error): void {
      for (const waiters of byRun.values()) {
        for (const waiter of waiters) waiter.reject(reason);
      }
      byRun.clear();
    },
  };
}
