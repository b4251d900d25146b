import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { agentAdvice } from '../../../lib/dashboard/agent-text.ts';
import { formatLogLine } from '../../../lib/dashboard/run-text.ts';
import { oneLineText, plainJson } from '../../../lib/domain/plain-text.ts';
import type { RunReport } from '../../../lib/domain/report.ts';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { formatReport } from '../../../lib/flows/component-analysis/format/format-report.ts';
import { flowNames } from '../../../lib/domain/flow-names.ts';
import { chooseAnalysis, type AnalysisChoice } from '../choose-analysis.ts';
import { exitCodes, WrongUseError } from '../exit-codes.ts';
import { formatStop } from '../format-stop.ts';
import { followRun } from '../follow-run.ts';
import { openDesk, type OpenDesk } from '../desks/open-desk.ts';
import type { CommonOptions } from '../options.ts';
import { requirePerson } from '../require-person.ts';
import { loadSettings, resolvePath } from '../settings.ts';
import { print, printProgress } from '../output.ts';
import { untilAskedToStop } from '../shutdown.ts';

export interface AnalyzeOptions extends CommonOptions, Omit<AnalysisChoice, 'name'> {
  format: 'md' | 'json';
  out?: string;
  agents?: boolean;
}

export async function analyze(name: string, options: AnalyzeOptions): Promise<number> {
  if (options.agents === true) requirePerson('Asking agents');
  if (options.out !== undefined) await requireFolderOf(resolvePath(options.out));
  const settings = await loadSettings(options);
  const chosen = await chooseAnalysis({ ...options, name }, settings);
  const input = options.agents === true ? { ...chosen, agents: true } : chosen;

  const open = await openDesk(settings);
  try {
    if (input.agents === true) await requireAgents(open, settings.stack);
    const cause = { kind: 'cli' } as const;
    const { runId } = await open.desk.start({ flow: flowNames.componentAnalysis, input, cause });
    const run = await followUntilInterrupted(open, runId);
    if (run === 'interrupted') return exitCodes.interrupted;
    if (run.state !== 'succeeded') return tellFailure(run);
    await deliver(await open.desk.getReport(runId), options);
    return exitCodes.done;
  } finally {
    await open.close();
  }
}

/** @throws WrongUseError that says what to set, before anything is started */
async function requireAgents(
  { agents, pause, place }: Pick<OpenDesk, 'agents' | 'pause' | 'place'>,
  stack: string | undefined,
): Promise<void> {
  const advice = agentAdvice(await agents.status(), stack);
  if (advice !== null) {
    throw new WrongUseError(
      `No coding agent can be asked. ${advice} Without --agents, linters and parsers make the report.`,
    );
  }
  if ((await pause.get()) === null) return;
  printProgress(`No coding agent is started before cicd resume${place.option}.`);
}

/** Ctrl-C ends a run that works here, and its agents; one that works in a host goes on without a watcher. */
async function followUntilInterrupted(
  { desk, place, runsHere }: OpenDesk,
  runId: string,
): Promise<RunDetail | 'interrupted'> {
  const interrupted = untilAskedToStop(exitCodes.interrupted).then(() => 'interrupted' as const);
  // Its lines are told as progress: once the run has ended, its report says more than late ones.
  const following = { reader: desk, place: { ...place, lateMs: 0 } };
  const followed = followRun(following, runId, (line) => printProgress(formatLogLine(line)));
  const outcome = await Promise.race([followed, interrupted]);
  if (outcome !== 'interrupted') return outcome;
  // Whatever following meets from here on is of no interest: the person has turned away.
  followed.catch(() => {});
  if (runsHere) {
    const { agentRuns } = await desk.stop(runId, 'Interrupted');
    for (const stopped of agentRuns) printProgress(formatStop(stopped));
  } else {
    const show = `cicd runs show ${runId.slice(0, 8)}${place.option}`;
    printProgress(`The run goes on in ${place.name}: ${show}`);
  }
  return outcome;
}

/** Better before the work than after it. */
async function requireFolderOf(file: string): Promise<void> {
  const folder = dirname(file);
  await access(folder, constants.W_OK).catch(() => {
    throw new WrongUseError(`The report cannot be written: ${folder} is not a writable folder.`);
  });
}

function tellFailure({ error, id, state }: RunDetail): number {
  const reason = oneLineText(error?.message ?? 'no reason is known');
  printProgress(`The run ${id.slice(0, 8)} ${state}: ${reason}`);
  return exitCodes.failed;
}

async function deliver(report: RunReport, { format, out }: AnalyzeOptions): Promise<void> {
  const text = format === 'json' ? `${plainJson(report, 2)}\n` : formatReport(report);
  if (out === undefined) return print(text);
  const file = resolvePath(out);
  await writeFile(file, text).catch((error: Error) => {
    throw new Error(`The report could not be written to ${file}: ${error.message}`);
  });
  printProgress(`Report written to ${file}`);
}
