import type { AgentRun } from '../../domain/agents/agent-run.ts';

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
