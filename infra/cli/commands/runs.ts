import { Command, Option } from 'commander';
import {
  formatCause,
  formatDuration,
  formatLogLine,
  formatTime,
} from '../../../lib/dashboard/run-text.ts';
import {
  finalRunStates,
  runStateSchema,
  usualSelection,
  type RunDetail,
  type RunLogLine,
  type RunState,
  type RunSummary,
} from '../../../lib/domain/run.ts';
import { componentAnalysis } from '../../../lib/flows/component-analysis/run.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { finishRun } from '../finish-run.ts';
import { formatAgentRuns } from '../format-agent-runs.ts';
import { followRun } from '../follow-run.ts';
import { openDesk } from '../desks/open-desk.ts';
import { openReader } from '../desks/open-reader.ts';
import { loadSettings, wholeNumber, withCommonOptions, type CommonOptions } from '../options.ts';
import { formatColumns, print, printJson, printProgress } from '../output.ts';

interface ListingOptions extends CommonOptions {
  json?: boolean;
}

export function runsCommand(setExitCode: SetExitCode): Command {
  const runs = new Command('runs').description('list, look at and steer runs');
  for (const command of [...lookingCommands(), ...steeringCommands(setExitCode)]) {
    runs.addCommand(withCommonOptions(command));
  }
  return runs;
}

const idDescription = 'a run, or the beginning of its id';

function lookingCommands(): Command[] {
  return [
    new Command('ls')
      .description('list runs, newest first')
      .option('--limit <number>', 'runs to show', wholeNumber(1, 500), 10)
      .option('--flow <name>', 'of this flow only')
      .option('--all', 'also the routine: runs that a schedule has started and that succeeded')
      .addOption(
        new Option('--state <state>', 'in this state only').choices(runStateSchema.options),
      )
      .option('--json', 'as JSON')
      .action(list),
    new Command('show')
      .description('show one run with its tasks, and what it asked agents')
      .argument('<id>', idDescription)
      .option('--json', 'as JSON')
      .action(show),
    new Command('logs')
      .description('show what a run has logged')
      .argument('<id>', idDescription)
      .option('--follow', 'go on until the run has ended')
      .option('--json', 'one JSON object a line')
      .action(logs),
  ];
}

function steeringCommands(setExitCode: SetExitCode): Command[] {
  return [
    new Command('stop')
      .description('end a run that has not ended')
      .argument('<id>', idDescription)
      .action(stop),
    new Command('retry')
      .description('start a run again with the same input')
      .argument('<id>', idDescription)
      .action(async (id: string, options: CommonOptions) => setExitCode(await retry(id, options))),
  ];
}

async function list(
  options: ListingOptions & { limit: number; flow?: string; all?: boolean; state?: RunState },
): Promise<void> {
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

async function show(id: string, options: ListingOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  const { reader } = open;
  try {
    const run = await reader.getRun(id);
    if (options.json === true) return await printJson(run);
    const agentRuns = run.flow === componentAnalysis.name ? await open.agents.listOf(run) : [];
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

async function logs(id: string, options: ListingOptions & { follow?: boolean }): Promise<void> {
  const open = await openReader(await loadSettings(options));
  const { reader } = open;
  const format = (line: RunLogLine) =>
    options.json === true ? JSON.stringify(line) : formatLogLine(line);
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

async function stop(id: string, options: CommonOptions): Promise<void> {
  const open = await openDesk(await loadSettings(options));
  const { desk } = open;
  try {
    const run = await desk.getRun(id);
    if (finalRunStates.includes(run.state)) {
      printProgress(`Run ${run.id.slice(0, 8)} had ended already: it ${run.state}.`);
      return;
    }
    await desk.stop(run.id, 'Stopped by a person');
    const { state } = await desk.getRun(run.id);
    printProgress(`Run ${run.id.slice(0, 8)} is ${state}.`);
  } finally {
    await open.close();
  }
}

async function retry(id: string, options: CommonOptions): Promise<number> {
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
