import { printProgress } from './output.ts';

/** GitHub answers as many side by side without complaint. */
const requestsAtOnce = 8;
const quietMs = 2_000;

/**
 * Asks GitHub about each item, some side by side; while that takes long, a person is told how far it is.
 * @param subject what they are: `repositories`
 * @returns results in the order of the items
 */
export async function askGithub<Item, Result>(
  subject: string,
  items: readonly Item[],
  ask: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  let done = 0;
  let toldAt = performance.now();
  const tell = (): void => {
    done += 1;
    if (performance.now() - toldAt < quietMs) return;
    toldAt = performance.now();
    printProgress(`GitHub: ${done} of ${items.length} ${subject}`);
  };
  const workOff = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      results[index] = await ask(item);
      tell();
    }
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, workOff));
  return results;
}
