import {
  agentSubject,
  formatAgentState,
  formatCameOf,
  shortAgentRunId,
} from '../../lib/dashboard/agent-text.ts';
import { formatDuration, formatTime } from '../../lib/dashboard/run-text.ts';
import type { AgentRun } from '../../lib/domain/agents/agent-run.ts';
import { shorten } from '../../lib/domain/plain-text.ts';
import { formatColumns } from './output.ts';

const head = [
  'ID',
  'ASKED FOR',
  'PROVIDER',
  'STATE',
  'STARTED (UTC)',
  'TOOK',
  'RUN',
  'WHAT CAME OF IT',
];
const longestEnd = 60;

/** A table of agent runs, in the order given. */
export function formatAgentRuns(agentRuns: readonly AgentRun[]): string {
  return formatColumns([head, ...agentRuns.map(row)]);
}

function row(agentRun: AgentRun): string[] {
  const { endedAt, id, provider, runId, startedAt } = agentRun;
  return [
    shortAgentRunId(id),
    agentSubject(agentRun),
    provider,
    formatAgentState(agentRun),
    formatTime(startedAt),
    formatDuration(startedAt, endedAt),
    runId.slice(0, 8),
    shorten(formatCameOf(agentRun), longestEnd),
  ];
}
