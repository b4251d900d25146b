import { z } from 'zod';
import { agentPullRequestSchema } from '../../domain/agents/agent-run.ts';
import { sourceSchema } from '../../domain/source.ts';
import type { Store } from '../../ports/store.ts';
import { runOrderSchema } from './run-records.ts';

/** What was asked for, as it was when the clone was ready. */
const runRequestSchema = z.object({
  id: z.string(),
  title: z.string(),
  source: sourceSchema,
  mayChangeCode: z.boolean(),
  /** ISO 8601 UTC. */
  createdAt: z.string(),
  /** Git's name of what the agent begins with: of the commit, or of the tree where it came from a folder. */
  base: z.string(),
  order: runOrderSchema,
});
export type RunRequest = z.infer<typeof runRequestSchema>;

const publicationSchema = z.object({
  /** How often it was tried. */
  attempts: z.int(),
  /** Nothing more is done about it. */
  isOver: z.boolean(),
  pullRequests: z.array(agentPullRequestSchema),
  /** What was not published, and why, in words. */
  problem: z.string().nullable(),
});
export type Publication = z.infer<typeof publicationSchema>;

const hostRecordSchema = z.object({
  request: runRequestSchema,
  publication: publicationSchema.optional(),
});
type HostRecord = z.infer<typeof hostRecordSchema>;

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
