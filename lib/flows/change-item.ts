import { UpstreamError } from '../domain/errors.ts';
import type { Store, StoredItem, VersionedItem } from '../ports/store.ts';

/** Whoever loses a race for an item knows that another has won it: so many in a row tell of something else. */
const mostAttempts = 100;

/**
 * Reads an item, changes it and writes it; all of it again where somebody else has written in between.
 * @param next what to write; undefined leaves all as it is
 * @throws UpstreamError when the store cannot be used
 */
export async function changeItem(
  store: Store,
  { key, partition }: { partition: string; key: string },
  next: (before: VersionedItem | undefined) => Omit<StoredItem, 'partition' | 'key'> | undefined,
): Promise<void> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const before = await store.get(partition, key);
    const after = next(before);
    if (after === undefined) return;
    const item = { partition, key, ...after };
    if (await (before === undefined ? store.add(item) : store.put(item, before.version))) return;
  }
  const problem = `${partition}/${key} is changed by too many at once.`;
  throw new UpstreamError(problem, { service: 'store', retryable: true });
}
