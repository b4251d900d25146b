import { z } from 'zod';
import type { Store } from '../../ports/store.ts';
import { publicationSchema, runRequestSchema, type Publication } from './run-records.ts';

const hostRecordSchema = z.object({
  request: runRequestSchema,
  publication: publicationSchema.optional(),
});
export type HostRecord = z.infer<typeof hostRecordSchema>;

/**
 * What the host goes by when it publishes: what was asked for, and what became of it. It stands in the store, since
 * an agent could change a file beside its clone: to be allowed to change code, or in another repository.
 */
export interface HostRecords {
  /** Undefined where nothing was asked for, or too long ago. */
  get(id: string): Promise<HostRecord | undefined>;
  put(record: HostRecord): Promise<void>;
}

const partition = 'command agent runs';
/** Longer than folders are kept, and agent runs waited for. */
const keptMs = 30 * 24 * 3_600_000;

export function createHostRecords(store: Store): HostRecords {
  return {
    get: async (id) => {
      const found = await store.get(partition, id);
      return found === undefined ? undefined : hostRecordSchema.safeParse(found.value).data;
    },
    put: async (value) => {
      const { createdAt, id } = value.request;
      await store.put({ partition, key: id, value, expiresAt: Date.parse(createdAt) + keptMs });
    },
  };
}

/** @returns what became of the changes; undefined as long as something is still to be done about them */
export function overOf({ publication }: HostRecord): Publication | undefined {
  return publication?.isOver === true ? publication : undefined;
}
