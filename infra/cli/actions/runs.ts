import {
  formatCause,
  formatDuration,
  formatLogLine,
  formatTime,
} from '../../../lib/dashboard/run-text.ts';
import {
  finalRunStates,
  usualSelection,
  type RunDetail,
  type RunLogLine,
  type RunState,
  type RunSummary,
} from '../../../lib/domain/run.ts';
import { flowNames } from '../../../lib/domain/flow-names.ts';
import { plainJson } from '../../../lib/domain/plain-text.ts';
import { finishRun } from '../finish-run.ts';
import { formatAgentRuns } from '../format-agent-runs.ts';
import { followRun } from '../follow-run.ts';
import { formatStop } from '../format-stop.ts';
import { openDesk } from '../desks/open-desk.ts';
import { openReader } from '../desks/open-reader.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings } from '../settings.ts';
import { formatColumns, print, printJson, printProgress } from '../output.ts';

export interface ListingOptions extends CommonOptions {
  json?: boolean;
}

export interface ListOptions extends ListingOptions {
  limit: number;
  flow?: string;
  all?: boolean;
  state?: RunState;
}

export interface LogOptions extends ListingOptions {
  follow?: boolean;
}

export async function list(options: ListOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  const { reader } = open;
  try {
    const { all, flow, limit, state } = options;
    const select = all === true ? 'all' : usualSelection(flow);
    const listing = await reader.list({ limit, flow, state, select });
    if (options.json === true) return await printJson(listing);
    const { runs } = listing;
    await print(runs.length === 0 ? 'No runs.' : formatColumns([runHead, ...runs.map(runRow)]));
  } finally {
    await open.close();
  }
}

const runHead = ['ID', 'FLOW', 'SUBJECT', 'STATE', 'STARTED (UTC)', 'TOOK', 'WHY'];

function runRow(run: RunSummary): string[] {
  return [
    run.id.slice(0, 8),
    run.flow,
    run.subject,
    run.state,
    formatTime(run.startedAt),
    formatDuration(run.startedAt, run.endedAt),
    formatCause(run.cause),
  ];
}

export async function show(id: string, options: ListingOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  const { reader } = open;
  try {
    const run = await reader.getRun(id);
    if (options.json === true) return await printJson(run);
    const agentRuns = run.flow === flowNames.componentAnalysis ? await open.agents.listOf(run) : [];
    const asked = agentRuns.length === 0 ? '' : `\n\n${formatAgentRuns(agentRuns)}`;
    await print(`${formatRun(run)}${asked}`);
  } finally {
    await open.close();
  }
}

function formatRun(run: RunDetail): string {
  const facts = [
    ['Run', run.id],
    ['Flow', run.flow],
    ['Subject', run.subject],
    ['State', run.state],
    ['Started', `${formatTime(run.startedAt)} UTC, ${formatCause(run.cause)}`],
    ...(run.endedAt === null ? [] : [['Took', formatDuration(run.startedAt, run.endedAt)]]),
    ...(run.error === null ? [] : [['Error', `${run.error.type}: ${run.error.message}`]]),
    ...(run.result === null || run.result === undefined
      ? []
      : [['Result', JSON.stringify(run.result)]]),
  ];
  const tasks = run.tasks.map(({ attempts, endedAt, name, startedAt, state }) => [
    name,
    state,
    String(attempts),
    formatDuration(startedAt, endedAt),
  ]);
  const table = formatColumns([['TASK', 'STATE', 'ATTEMPTS', 'TOOK'], ...tasks]);
  return `${formatColumns(facts)}\n\n${table}`;
}

export async function logs(id: string, options: LogOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  const { reader } = open;
  const format = (line: RunLogLine) =>
    options.json === true ? plainJson(line) : formatLogLine(line);
  try {
    if (options.follow === true) {
      await followRun(open, id, (line) => process.stdout.write(`${format(line)}\n`));
      return;
    }
    const run = await reader.getRun(id);
    const lines = await reader.logs(run.id, { limit: 10_000 });
    await print(lines.length === 0 ? 'Nothing logged.' : lines.map(format).join('\n'));
  } finally {
    await open.close();
  }
}

export async function stop(id: string, options: CommonOptions): Promise<void> {
  const open = await openDesk(await loadSettings(options));
  const { desk } = open;
  try {
    const run = await desk.getRun(id);
    if (finalRunStates.includes(run.state)) {
      printProgress(`Run ${run.id.slice(0, 8)} had ended already: it ${run.state}.`);
      return;
    }
    const { agentRuns, state } = await desk.stop(run.id, 'Stopped by a person');
    printProgress(`Run ${run.id.slice(0, 8)} is ${state}.`);
    for (const stopped of agentRuns) printProgress(formatStop(stopped));
  } finally {
    await open.close();
  }
}

export async function retry(id: string, options: CommonOptions): Promise<number> {
  const open = await openDesk(await loadSettings(options));
  const { desk } = open;
  try {
    const run = await desk.getRun(id);
    const { runId } = await desk.retry(run.id);
    await print(runId);
    return await finishRun(open, runId);
  } finally {
    await open.close();
  }
}
