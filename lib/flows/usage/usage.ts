import type { AgentProviderName } from '../../domain/agents/agent-run.ts';
import type { CalledService, ServiceQuota } from '../../ports/call-meter.ts';
import type { Store } from '../../ports/store.ts';
import type { AgentRuns } from '../agents/agent-runs.ts';

/** What agents and services outside were asked. */
export interface Usage {
  /** Newest first, each day of the time asked for, also those without anything. */
  days: UsageDay[];
  /** What was last told of allowances, by service; without those of which nothing was told. */
  quotas: ToldQuota[];
}

export interface UsageDay {
  /** UTC: `2026-11-23`. */
  day: string;
  /** By provider, those with none are left out. An agent run counts on the day on which it was started. */
  agentRuns: ProviderUsage[];
  /** By service, those with none are left out. */
  calls: { service: CalledService; calls: number }[];
}

export interface ProviderUsage {
  provider: AgentProviderName;
  started: number;
  succeeded: number;
  /** Failed, cancelled or timed out. Those that are neither succeeded nor failed are under way. */
  failed: number;
  /** Of all of them together, one decimal; of one that is under way, up to now. */
  minutes: number;
}

export interface ToldQuota extends ServiceQuota {
  service: CalledService;
  /** When it was told, ISO 8601 UTC. */
  at: string;
}

/**
 * @param days today and those before, at most 35 of which calls are known
 * @throws UpstreamError when the store cannot be read
 */
export async function readUsage(
  _sources: { store: Store; agentRuns: Pick<AgentRuns, 'list'>; now: () => number },
  _days: number,
): Promise<Usage> {
  return { days: [], quotas: [] };
}
