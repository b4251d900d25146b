/**
 * A longer sleep would not notice that the machine was suspended or its clock set forward. It also
 * keeps every delay far below 2^31 - 1 ms, beyond which Node fires at once.
 */
const longestSleep = 60_000;
const retryDelay = 1_000;

export interface TimersOptions {
  /** Earliest time at which something is due, from the tables; null for nothing. */
  nextDue: () => number | null;
  /** Does what is due now. */
  runDue: (now: number) => void;
  now: () => number;
  onProblem: (problem: Error) => void;
  /** Calls back after so many milliseconds; the result cancels. Default: setTimeout. */
  sleep?: (milliseconds: number, wake: () => void) => () => void;
}

/** One timer for everything that is due at some time; the times themselves are in the tables. */
export function createTimers(options: TimersOptions) {
  const { now, sleep = sleepBySetTimeout } = options;
  let armedFor = Infinity;
  let cancel: (() => void) | undefined;
  let stopped = false;

  function arm(at: number): void {
    cancel?.();
    armedFor = at;
    const delay = Math.min(longestSleep, Math.max(1, at - now()));
    cancel = sleep(delay, work);
  }

  /** Acts on what is due and sleeps until the next time. */
  function work(): void {
    if (stopped) return;
    cancel?.();
    cancel = undefined;
    armedFor = Infinity;
    try {
      options.runDue(now());
      const next = options.nextDue();
      if (next !== null) arm(next);
    } catch (error) {
      options.onProblem(error instanceof Error ? error : new Error(String(error)));
      arm(now() + retryDelay);
    }
  }

  return {
    /** Something new is due at `at`. */
    expect(at: number): void {
      if (!stopped && at < armedFor) arm(at);
    },

    /** Does not wait for the timer when something is due already. */
    runDue(): void {
      if (armedFor <= now()) work();
    },

    start: work,

    stop(): void {
      stopped = true;
      cancel?.();
    },
  };
}

function sleepBySetTimeout(milliseconds: number, wake: () => void): () => void {
  const timeout = setTimeout(wake, milliseconds);
  return () => clearTimeout(timeout);
}
