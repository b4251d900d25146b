/** Lets pieces of work on the same thing happen one after the other, in the order of asking. */
export function createTurns() {
  const last = new Map<string, Promise<unknown>>();

  return async <Result>(thing: string, work: () => Promise<Result>): Promise<Result> => {
    const before = last.get(thing) ?? Promise.resolve();
    // Whoever asked for the work before is told of its failure.
    const result = before.catch(() => {}).then(work);
    last.set(thing, result);
    return result;
  };
}
