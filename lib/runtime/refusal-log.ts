import type { Logger } from './logging.ts';

const quietMs = 1_000;

export interface RefusalLog {
  write(reason: string, fields: Record<string, unknown>): void;
}

/**
 * One line a second for each reason, saying how many were left out: whoever sends rubbish by the
 * thousand must not fill the log.
 * @param now milliseconds since the epoch
 */
export function createRefusalLog(log: Logger, now: () => number): RefusalLog {
  const last = new Map<string, { at: number; leftOut: number }>();
  return {
    write: (reason, fields) => {
      const at = now();
      const before = last.get(reason);
      if (before !== undefined && Math.abs(at - before.at) < quietMs) {
        before.leftOut += 1;
        return;
      }
      last.set(reason, { at, leftOut: 0 });
      const leftOut = before?.leftOut ?? 0;
      log.warn('Webhook refused', { reason, ...fields, ...(leftOut > 0 && { leftOut }) });
    },
  };
}
