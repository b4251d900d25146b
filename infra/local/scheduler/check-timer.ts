/** A longer sleep would be late when the clock is set or the machine has slept. */
const longestSleep = 15_000;

export interface CheckTimerOptions {
  check: () => Promise<void>;
  /** When something may be due next, in milliseconds since the epoch. */
  nextDue: () => number;
  now: () => number;
  /** Calls back after so many milliseconds; the result cancels. Default: setTimeout. */
  sleep?: (milliseconds: number, wake: () => void) => () => void;
}

/** Checks again and again, one check after the other. `check` has to deal with its errors itself. */
export function createCheckTimer({
  check,
  nextDue,
  now,
  sleep = sleepBySetTimeout,
}: CheckTimerOptions) {
  let cancel: (() => void) | undefined;
  let checking: Promise<void> = Promise.resolve();
  let stopped = false;

  async function checkAndSleep(): Promise<void> {
    await check();
    if (stopped) return;
    const delay = Math.min(longestSleep, Math.max(1, nextDue() - now()));
    cancel = sleep(delay, start);
  }

  const start = (): void => {
    checking = checkAndSleep();
  };

  return {
    start,

    /** Resolves when no check is under way, nor ever will be. */
    stop: async (): Promise<void> => {
      stopped = true;
      cancel?.();
      await checking;
    },
  };
}

/** Does not keep the process alive. */
function sleepBySetTimeout(milliseconds: number, wake: () => void): () => void {
  const timeout = setTimeout(wake, milliseconds).unref();
  return () => clearTimeout(timeout);
}
