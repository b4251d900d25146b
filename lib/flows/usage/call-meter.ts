import type { CallMeter } from '../../ports/call-meter.ts';
import type { Store } from '../../ports/store.ts';
import { createLogger, errorFields } from '../../runtime/logging.ts';
import { addCalls, keyOf, sumOf, type CallCount } from './call-counts.ts';

/** Milliseconds for which counts are gathered: what is called a hundred times is written once. */
const gatherMs = 5_000;

export interface StoredCallMeter extends CallMeter {
  /** Writes down what was counted. Does not throw: what could not be written is kept for the next time. */
  flush(): Promise<void>;
}

/**
 * Counts in memory, and adds that to the store every few seconds. It keeps no process alive: what was counted
 * in the last seconds is written by `flush`, or lost. What the analysis thread downloads (archives of repositories) is
 * not counted: it shares no memory.
 * @param now milliseconds since the epoch
 */
export function createCallMeter(store: Store, now: () => number): StoredCallMeter {
  let counts = new Map<string, CallCount>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const keep = (count: CallCount): void => {
    const key = keyOf(count);
    const before = counts.get(key);
    counts.set(key, before === undefined ? count : sumOf(before, count));
  };
  const write = async (count: CallCount): Promise<void> => {
    try {
      await addCalls(store, count);
    } catch (error) {
      createLogger().debug('Calls were not written down', errorFields(error));
      keep(count);
    }
  };
  const writeAll = async (): Promise<void> => {
    const taken = [...counts.values()];
    counts = new Map();
    await Promise.all(taken.map(write));
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(writeAll);
    return writing;
  };

  return {
    count(service, quota) {
      const at = new Date(now()).toISOString();
      const told = quota === undefined ? null : { ...quota, at };
      keep({ day: at.slice(0, 10), service, calls: 1, quota: told });
      timer ??= setTimeout(() => void flush(), gatherMs).unref();
    },
    flush,
  };
}
