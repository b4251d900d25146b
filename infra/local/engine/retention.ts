import { setImmediate } from 'node:timers/promises';
import type { Tables } from './engine-context.ts';

const day = 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;
const runsPerTransaction = 50;
/** Of 4 KB each. */
const pagesPerVacuum = 2_000;

export interface RetentionOptions {
  tables: Tables;
  days: number;
  now: () => number;
  onProblem: (problem: Error) => void;
}

/** Removes what has ended long ago, so that the file does not grow for ever. */
export function createRetention({ tables, days, now, onProblem }: RetentionOptions) {
  const { database, runs } = tables;
  const stopping = new AbortController();

  /** In small transactions with room between them: flows go on meanwhile. */
  async function sweep(): Promise<{ removed: number }> {
    const before = now() - days * day;
    let removed = 0;
    let count = runsPerTransaction;
    while (count === runsPerTransaction && !stopping.signal.aborted) {
      count = runs.deleteEndedBefore(before, runsPerTransaction);
      removed += count;
      await setImmediate();
    }
    if (removed > 0 && !stopping.signal.aborted)
      database.exec(`PRAGMA incremental_vacuum(${pagesPerVacuum})`);
    return { removed };
  }

  const sweepAndReport = () => void sweep().catch(onProblem);
  let interval: NodeJS.Timeout | undefined;

  return {
    sweep,

    /** Sweeps now and every hour; does not keep the process alive. */
    start(): void {
      sweepAndReport();
      interval = setInterval(sweepAndReport, hour).unref();
    },

    stop(): void {
      stopping.abort();
      clearInterval(interval);
    },
  };
}
