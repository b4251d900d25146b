import { isFinalAgentRunState, type AgentRun } from '../../domain/agents/agent-run.ts';
import type { ProviderUsage, ToldQuota, Usage } from '../../domain/usage.ts';
import type { Store } from '../../ports/store.ts';
import type { AgentRuns } from '../agents/agent-runs.ts';
import { pagesOf } from '../pages.ts';
import { listCalls, type CallCount } from './call-counts.ts';

export interface UsageSources {
  store: Store;
  agentRuns: Pick<AgentRuns, 'list'>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const agentRunsAtATime = 200;

/**
 * @param days today and those before; calls are known of the last 35, agent runs as long as they are remembered
 * @throws UpstreamError when the store cannot be read
 */
export async function readUsage(sources: UsageSources, days: number): Promise<Usage> {
  const now = sources.now();
  const names = Array.from({ length: days }, (_, back) => dayOf(now - back * dayMs));
  const firstDay = names.at(-1) ?? dayOf(now);
  const [agentRuns, calls] = await Promise.all([
    listAgentRuns(sources.agentRuns, firstDay),
    listCalls(sources.store, firstDay),
  ]);
  return {
    days: names.map((day) => ({
      day,
      agentRuns: usageByProvider(
        agentRuns.filter(({ startedAt }) => startedAt.startsWith(day)),
        now,
      ),
      calls: calls
        .filter((count) => count.day === day)
        .map(({ calls: number, service }) => ({ service, calls: number }))
        .toSorted((one, other) => one.service.localeCompare(other.service)),
    })),
    quotas: latestQuotas(calls),
  };
}

/** @param at milliseconds since the epoch */
function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

async function listAgentRuns(
  agentRuns: Pick<AgentRuns, 'list'>,
  firstDay: string,
): Promise<AgentRun[]> {
  const found: AgentRun[] = [];
  const read = (cursor: string | undefined) => agentRuns.list({ limit: agentRunsAtATime, cursor });
  for await (const page of pagesOf(read)) {
    const wanted = page.agentRuns.filter(({ startedAt }) => startedAt >= firstDay);
    found.push(...wanted);
    if (wanted.length < page.agentRuns.length) break;
  }
  return found;
}

function usageByProvider(agentRuns: readonly AgentRun[], now: number): ProviderUsage[] {
  const groups = Map.groupBy(agentRuns, ({ provider }) => provider);
  return [...groups]
    .map(([provider, runs]) => {
      const succeeded = runs.filter(({ state }) => state === 'succeeded').length;
      const ended = runs.filter(({ state }) => isFinalAgentRunState(state)).length;
      const minutes = runs.reduce((sum, run) => sum + minutesOf(run, now), 0);
      return {
        provider,
        started: runs.length,
        succeeded,
        failed: ended - succeeded,
        minutes: Math.round(minutes * 10) / 10,
      };
    })
    .toSorted((one, other) => one.provider.localeCompare(other.provider));
}

function minutesOf({ endedAt, startedAt }: AgentRun, now: number): number {
  const end = endedAt === null ? now : Date.parse(endedAt);
  return Math.max(0, end - Date.parse(startedAt)) / minuteMs;
}

function latestQuotas(latestFirst: readonly CallCount[]): ToldQuota[] {
  const groups = Map.groupBy(latestFirst, ({ service }) => service);
  return [...groups]
    .flatMap(([service, counts]) => {
      const quota = counts.find((count) => count.quota !== null)?.quota;
      return quota === undefined || quota === null ? [] : [{ service, ...quota }];
    })
    .toSorted((one, other) => one.service.localeCompare(other.service));
}
