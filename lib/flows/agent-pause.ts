import { z } from 'zod';
import type { Store } from '../ports/store.ts';

/**
 * The switch that keeps the system from starting work by itself: what deliveries ask for (an agent, an analysis) and
 * autonomous-cicd. Agents are asked for nobody. Health checks go on, and so does what people start themselves.
 */
export interface AgentPause {
  /** Null while it is not paused. `since`: ISO 8601 UTC. */
  get(): Promise<{ since: string } | null>;
  /** Without effect while it is paused already. */
  pause(): Promise<{ since: string }>;
  /** Without effect while it is not paused. */
  resume(): Promise<void>;
}

/** The switch itself, which also remembers when it was last used. */
export interface StoredAgentPause extends AgentPause {
  /** When the last pause ended, in milliseconds since the epoch; null when none has. */
  resumedAt(): Promise<number | null>;
}

const partition = 'switch';
const key = 'agents';

const switchSchema = z.object({
  /** Null while it is not paused. */
  since: z.string().nullable(),
  resumedAt: z.number().nullable(),
});

/** @throws UpstreamError (all methods) when the store cannot be read or written */
export function createAgentPause(store: Store, now: () => number): StoredAgentPause {
  const read = async () => {
    const item = await store.get(partition, key);
    return item === undefined ? { since: null, resumedAt: null } : switchSchema.parse(item.value);
  };
  const write = async (value: z.infer<typeof switchSchema>) => {
    await store.put({ partition, key, value });
  };

  return {
    async get() {
      const { since } = await read();
      return since === null ? null : { since };
    },

    async pause() {
      const before = await read();
      const since = before.since ?? new Date(now()).toISOString();
      if (before.since === null) await write({ ...before, since });
      return { since };
    },

    async resume() {
      const { since } = await read();
      if (since !== null) await write({ since: null, resumedAt: now() });
    },

    resumedAt: async () => (await read()).resumedAt,
  };
}
