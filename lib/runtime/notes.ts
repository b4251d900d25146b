import type { z } from 'zod';
import type { Store } from '../ports/store.ts';

/** What was learned and is worth keeping for other processes; losing it costs no more than asking again. */
export interface Note {
  key: string;
  value: unknown;
  /** Milliseconds since the epoch. Default: it stays. */
  expiresAt?: number;
}

/** Notes in a partition of the store. What cannot be read (any more) is as good as unknown. */
export function createNotes(partition: string) {
  const recall = async <Value>(
    store: Store,
    key: string,
    schema: z.ZodType<Value>,
  ): Promise<Value | undefined> => schema.safeParse((await store.get(partition, key))?.value).data;

  const remember = async (store: Store, note: Note): Promise<void> => {
    await store.put({ partition, ...note });
  };
  return { recall, remember };
}
