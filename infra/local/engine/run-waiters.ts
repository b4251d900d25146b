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

    /** `read` gives the run that has ended; it is called only when somebody waits for it. */
    settle(runId: string, read: () => RunDetail): void {
      const waiters = byRun.get(runId);
      if (!waiters) return;
      byRun.delete(runId);
      try {
        const run = read();
        for (const waiter of waiters) waiter.resolve(run);
      } catch (error) {
        // The run has ended all the same: only those who wait cannot be told how.
        for (const waiter of waiters) waiter.reject(error);
      }
    },

    rejectAll(reason: Error): void {
      for (const waiters of byRun.values()) {
        for (const waiter of waiters) waiter.reject(reason);
      }
      byRun.clear();
    },
  };
}
