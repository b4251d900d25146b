import type { z } from 'zod';
import type { Store } from '../../../ports/store.ts';

const partition = 'github';

/** What was learned of GitHub before, by any process. What cannot be read (any more) is as good as unknown. */
export async function recall<Value>(
  store: Store,
  key: string,
  schema: z.ZodType<Value>,
): Promise<Value | undefined> {
  return schema.safeParse((await store.get(partition, key))?.value).data;
}

/** @param note `expiresAt`: milliseconds since the epoch. Default: it stays */
export async function remember(
  store: Store,
  note: { key: string; value: unknown; expiresAt?: number },
): Promise<void> {
  await store.put({ partition, ...note });
}
