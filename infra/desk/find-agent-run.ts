import type { AgentRun } from '../../lib/domain/agents/agent-run.ts';
import { RequestRejectedError } from '../../lib/domain/errors.ts';
import type { AgentRuns } from '../../lib/flows/agents/agent-runs.ts';
import { pagesOf } from '../../lib/flows/pages.ts';

const shortestPrefix = 4;
const pageSize = 100;
/** Whoever looks for an older one names it in full. */
const mostLookedAt = 1_000;

type Known = Pick<AgentRuns, 'get' | 'list'>;

/**
 * @param id an agent run's id, or the beginning of one, 4 characters or more, of the newest thousand
 * @throws RequestRejectedError when none or several fit
 */
export async function findAgentRun(known: Known, id: string): Promise<AgentRun> {
  const exact = await known.get(id);
  if (exact !== undefined) return exact;
  const fitting: AgentRun[] = [];
  if (id.length >= shortestPrefix) {
    for await (const agentRun of newestAgentRuns(known)) {
      if (agentRun.id.startsWith(id)) fitting.push(agentRun);
    }
  }
  const [first, ...others] = fitting;
  if (others.length > 0) {
    throw new RequestRejectedError('invalid', `More than one agent run begins with ${id}.`);
  }
  if (first !== undefined) return first;
  throw new RequestRejectedError('not-found', `There is no agent run ${id}.`);
}

/** Those that a run has asked for, oldest first. @param run `startedAt`: ISO 8601 UTC */
export async function agentRunsOf(
  known: Known,
  run: { id: string; startedAt: string },
): Promise<AgentRun[]> {
  const found: AgentRun[] = [];
  for await (const agentRun of newestAgentRuns(known)) {
    // A run asks for nothing before it begins.
    if (agentRun.startedAt < run.startedAt) break;
    if (agentRun.runId === run.id) found.unshift(agentRun);
  }
  return found;
}

async function* newestAgentRuns({ list }: Pick<Known, 'list'>): AsyncGenerator<AgentRun> {
  let lookedAt = 0;
  for await (const page of pagesOf((cursor) => list({ limit: pageSize, cursor }))) {
    yield* page.agentRuns;
    lookedAt += pageSize;
    if (lookedAt >= mostLookedAt) return;
  }
}
