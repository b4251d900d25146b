import type { Runs } from '../../lib/ports/runs.ts';
import { createLogger } from '../../lib/runtime/logging.ts';
import type { AgentReader } from '../desk/agent-desk.ts';

/** A person wants to know that there is something, not how much beyond this. */
const mostCounted = 100;

const nothing = { agentRuns: [] };

/** At the start: runs that wait were not cut off, so that nothing else tells that they go on. */
export async function tellWaitingRuns({ list }: Pick<Runs, 'list'>): Promise<void> {
  const { runs } = await list({ state: 'waiting', limit: mostCounted });
  if (runs.length > 0) createLogger().info('Runs go on waiting', { runs: runs.length });
}

/** At the end: agents are no part of the host, and do not stop with it. Never throws: the stop goes on. */
export async function tellAgentsAtWork({ list }: Pick<AgentReader, 'list'>): Promise<void> {
  const { agentRuns } = await list({ open: true, limit: mostCounted }).catch(() => nothing);
  if (agentRuns.length === 0) return;
  createLogger().info('Agents go on working, and the next start reads what they answer', {
    agentRuns: agentRuns.length,
    toStopOne: 'cicd agents stop ID',
  });
}
