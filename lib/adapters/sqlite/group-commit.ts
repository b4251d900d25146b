import { setImmediate } from 'node:timers/promises';
import type { Database } from './database.ts';

interface Waiting {
  work: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Waiting for the disk takes milliseconds, whether for one row or for fifty: writes that are asked
 * for while the process is busy with other things share one transaction.
 */
export function createGroupCommit(database: Database) {
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;

  async function flush(): Promise<void> {
    await setImmediate();
    flushing = undefined;
    const group = waiting;
    waiting = [];
    try {
      database.transaction(() => {
        for (const { work } of group) work();
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  /** Resolves when nothing is under way. */
  async function drain(): Promise<void> {
    await flushing;
    if (waiting.length > 0) await drain();
  }

  return {
    /** Resolves with what `work` returned, once that is on disk. If one of a group fails, all do. */
    async commit<Result>(work: () => Result): Promise<Result> {
      const { promise, reject, resolve } = Promise.withResolvers<void>();
      let result: { value: Result } | undefined;
      const keepResult = () => {
        result = { value: work() };
      };
      waiting.push({ work: keepResult, resolve, reject });
      flushing ??= flush();
      await promise;
      if (result === undefined) throw new Error('A committed write has no result');
      return result.value;
    },

    drain,
  };
}
