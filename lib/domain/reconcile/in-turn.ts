/**
 * Of more items than one tick can look at, those whose turn it is: from tick to tick the next ones, until all have
 * had their turn and it begins anew.
 * @param turn `tick`: the number of this one
 */
export function inTurn<Item>(
  items: readonly Item[],
  { atMost, tick }: { atMost: number; tick: number },
): Item[] {
  const turns = Math.max(1, Math.ceil(items.length / atMost));
  const from = (tick % turns) * atMost;
  return items.slice(from, from + atMost);
}
