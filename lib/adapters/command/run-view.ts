import type { AgentRunState } from '../../domain/agents/agent-run.ts';
import { oneLineText, shorten } from '../../domain/plain-text.ts';
import type { AgentRunView } from '../../ports/agent-provider.ts';
import type { Publication, RunRequest } from './host-records.ts';
import { textOf, type PrintedPart } from './printed.ts';
import type { RunResult } from './run-records.ts';

/** All that is known of an agent run. */
export interface KnownRun {
  request: Pick<RunRequest, 'id' | 'createdAt' | 'order'>;
  /** `lost`: its supervisor is gone, and has left no result. */
  progress: { kind: 'running' } | { kind: 'lost' } | { kind: 'ended'; result: RunResult };
  printed: readonly PrintedPart[];
  publication: Pick<Publication, 'problem' | 'pullRequests'> | undefined;
}

export function viewOf({ printed, progress, publication, request }: KnownRun): AgentRunView {
  const view = {
    providerId: request.id,
    createdAt: request.createdAt,
    endedAt: progress.kind === 'ended' ? progress.result.endedAt : null,
    url: null,
    pullRequests: publication?.pullRequests ?? [],
  };
  if (progress.kind === 'running') {
    return { ...view, state: 'running', status: 'running', text: null, problem: null };
  }
  const said = textOf(printed, 'stdout');
  const text = said.trim() === '' ? null : said;
  if (progress.kind === 'lost') {
    const problem = 'It got lost: the process that watched over it was ended from outside.';
    return { ...view, state: 'failed', status: 'lost', text, problem };
  }
  const { result } = progress;
  const why = problemOf(result, { printed, mostOutput: request.order.mostOutput });
  const problem = why ?? publication?.problem ?? null;
  return { ...view, state: stateOf(result), status: statusOf(result), text, problem };
}

export function stateOf({ endedBy, exitCode }: RunResult): AgentRunState {
  if (endedBy === 'deadline') return 'timed-out';
  if (endedBy === 'cancel') return 'cancelled';
  return endedBy === 'exit' && exitCode === 0 ? 'succeeded' : 'failed';
}

function statusOf({ endedBy, exitCode, signal }: RunResult): string {
  if (endedBy !== 'exit') return endedBy;
  return signal === null ? `exit ${exitCode}` : signal;
}

interface Printed {
  printed: readonly PrintedPart[];
  mostOutput: number;
}

function problemOf(result: RunResult, { mostOutput, printed }: Printed): string | null {
  const { endedBy, exitCode, problem, signal } = result;
  if (endedBy === 'deadline') return 'It was ended at its deadline.';
  if (endedBy === 'cancel') return 'It was cancelled.';
  if (endedBy === 'output') {
    const limit = `${Math.round(mostOutput / 1_000_000)} MB`;
    return `It was ended because it printed more than ${limit} (agents.command.outputMegabytes).`;
  }
  if (endedBy === 'shutdown') return 'It was ended because the machine or its container stops.';
  if (endedBy === 'failure') return `It could not be run: ${problem ?? 'for an unknown reason'}.`;
  if (signal !== null) return `It was ended from outside (${signal}).`;
  return exitCode === 0 ? null : `It has failed with exit code ${exitCode}. ${lastWords(printed)}`;
}

const mostLines = 5;
const longestWords = 500;

/** What it said in the end, where errors go or else where its answer goes. */
function lastWords(printed: readonly PrintedPart[]): string {
  const linesOf = (kind: 'stdout' | 'stderr') =>
    textOf(printed, kind)
      .split('\n')
      .filter((line) => line.trim() !== '');
  const lines = [linesOf('stderr'), linesOf('stdout')].find(({ length }) => length > 0) ?? [];
  if (lines.length === 0) return 'It has said nothing.';
  return `It says: ${shorten(oneLineText(lines.slice(-mostLines).join('\n')), longestWords)}`;
}
