export type FairOrder = ReturnType<typeof createFairOrder>;

/** Sees to it that what cannot be worked off keeps nothing else waiting, for as long as the process lives. */
export function createFairOrder() {
  /** Ids by the names of chores. */
  const failed = new Map<string, Set<string>>();

  return {
    /** As found, but what has failed before comes last. What is not found any more is forgotten. */
    sort<Item extends { id: string }>(chore: string, found: readonly Item[]): Item[] {
      const before = failed.get(chore) ?? new Set();
      const again = found.filter(({ id }) => before.has(id));
      failed.set(chore, new Set(again.map(({ id }) => id)));
      return [...found.filter(({ id }) => !before.has(id)), ...again];
    },

    noteFailure(chore: string, id: string): void {
      failed.get(chore)?.add(id);
    },
  };
}
