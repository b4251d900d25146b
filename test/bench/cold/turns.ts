export interface Summary {
  median: number;
  least: number;
  most: number;
}

/**
 * Has all take turns, round for round, each round begun by another one.
 * @returns for each of them what was measured, by rounds
 */
export async function takeTurns<One, Measured>(
  all: readonly One[],
  rounds: number,
  measure: (one: One) => Promise<Measured>,
): Promise<Measured[][]> {
  const measured = all.map((): Measured[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < all.length; turn += 1) {
      const index = (round + turn) % all.length;
      const one = all[index];
      if (one !== undefined) measured[index]?.push(await measure(one));
    }
  }
  return measured;
}

export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? NaN,
    least: sorted[0] ?? NaN,
    most: sorted.at(-1) ?? NaN,
  };
}

/** How many times as much as another one measured in the same round. */
export function ratios(values: readonly number[], others: readonly number[]): Summary {
  return summarise(values.map((value, round) => value / (others[round] ?? NaN)));
}
