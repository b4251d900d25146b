/** Runs some work as soon as a slot is free, in the order of the calls. */
export type InSlot = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Bounds how much work runs at once, so that a time limit can count from the work's own start. */
export function createSlots(count: number): InSlot {
  let free = count;
  const waiting: (() => void)[] = [];

  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
