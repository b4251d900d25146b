/**
 * Runs some work as soon as a slot is free, in the order of the calls. Whoever waits when the signal is
 * aborted leaves the queue, and gets the reason of the signal thrown.
 */
export type InSlot = <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;

/** Bounds how much work runs at once, so that a time limit can count from the work's own start. */
export function createSlots(count: number): InSlot {
  let free = count;
  const waiting = new Set<() => void>();

  const untilOurTurn = (signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting.delete(turn);
        reject(signal?.reason);
      };
      const turn = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      waiting.add(turn);
      signal?.addEventListener('abort', leave, { once: true });
    });

  const passOn = () => {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  };

  return async (work, signal) => {
    signal?.throwIfAborted();
    if (free > 0) free -= 1;
    else await untilOurTurn(signal);
    try {
      return await work();
    } finally {
      passOn();
    }
  };
}
