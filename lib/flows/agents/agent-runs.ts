import {
  agentRunSchema,
  isFinalAgentRunState,
  type AgentRun,
} from '../../domain/agents/agent-run.ts';
import type { Store, StoredItem, VersionedItem } from '../../ports/store.ts';
import { changeItem } from '../change-item.ts';

/** What the system remembers of agent runs. All methods throw UpstreamError when the store cannot be used. */
export interface AgentRuns {
  get(id: string): Promise<AgentRun | undefined>;
  /** Remembers it, unless one of its id is remembered already. @returns what is remembered now */
  add(run: AgentRun): Promise<AgentRun>;
  /** @returns what is remembered now; undefined when there is none of this id (any more) */
  change(id: string, change: (before: AgentRun) => AgentRun): Promise<AgentRun | undefined>;
  /** Newest first. */
  list(query: AgentRunQuery): Promise<{ agentRuns: AgentRun[]; next: string | null }>;
}

export interface AgentRunQuery {
  limit: number;
  /** The `next` of the answer before. */
  cursor?: string | undefined;
  /** Only those that have not ended. Default: all. */
  open?: boolean;
}

const partition = 'agent-runs';
const dayMs = 86_400_000;

/**
 * @param options `now`: milliseconds since the epoch; `retentionDays`: for how long an agent run is remembered
 * after its last change
 */
export function createAgentRuns(
  store: Store,
  { now, retentionDays }: { now: () => number; retentionDays: number },
): AgentRuns {
  const itemOf = (run: AgentRun): Omit<StoredItem, 'partition' | 'key'> => ({
    value: run,
    sort: {
      byTime: run.startedAt,
      ...(!isFinalAgentRunState(run.state) && { open: run.startedAt }),
    },
    expiresAt: now() + retentionDays * dayMs,
  });

  return {
    get: async (id) => parse(await store.get(partition, id)),

    async add(run) {
      let kept = run;
      await changeItem(store, { partition, key: run.id }, (item) => {
        const known = parse(item);
        kept = known ?? run;
        return known === undefined ? itemOf(run) : undefined;
      });
      return kept;
    },

    async change(id, change) {
      let kept: AgentRun | undefined;
      await changeItem(store, { partition, key: id }, (item) => {
        const before = parse(item);
        kept = before && change(before);
        return kept === undefined || kept === before ? undefined : itemOf(kept);
      });
      return kept;
    },

    async list({ cursor, limit, open = false }) {
      const index = open ? 'open' : 'byTime';
      const { items, next } = await store.list(partition, {
        index,
        descending: true,
        limit,
        cursor,
      });
      const known = items.map((item) => parse(item));
      return { agentRuns: known.filter((run) => run !== undefined), next };
    },
  };
}

/** Undefined as well for what another version of the program has written in a shape of its own. */
function parse(item: VersionedItem | undefined): AgentRun | undefined {
  return agentRunSchema.safeParse(item?.value).data;
}
