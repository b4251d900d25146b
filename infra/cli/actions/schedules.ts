import { formatTime } from '../../../lib/dashboard/run-text.ts';
import { formatScheduleState } from '../../../lib/dashboard/schedule-text.ts';
import type { ScheduleView } from '../../../lib/domain/schedule.ts';
import { finishRun } from '../finish-run.ts';
import { openDesk } from '../desks/open-desk.ts';
import { openReader } from '../desks/open-reader.ts';
import { openSwitches } from '../desks/open-switches.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings } from '../settings.ts';
import { formatColumns, print, printJson, printProgress } from '../output.ts';

export interface ListOptions extends CommonOptions {
  json?: boolean;
}

export async function list(options: ListOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  try {
    const schedules = await open.schedules.list();
    if (options.json === true) return await printJson({ schedules });
    const table = formatColumns([head, ...schedules.map(row)]);
    await print(schedules.length === 0 ? 'No schedule is enabled.' : table);
  } finally {
    await open.close();
  }
}

const head = ['NAME', 'EVERY', 'STATE', 'LAST (UTC)', 'RUN', 'NEXT (UTC)', 'LEFT OUT'];

function row(schedule: ScheduleView): string[] {
  const { everyMinutes, lastRunId, lastTickAt, name, skipped } = schedule;
  return [
    name,
    `${everyMinutes} min`,
    formatScheduleState(schedule),
    lastTickAt === null ? '' : formatTime(lastTickAt),
    lastRunId?.slice(0, 8) ?? '',
    formatNextTick(schedule),
    String(skipped),
  ];
}

/** A tick that is overdue waits for a host; a stack that was just deployed has not made its first one yet. */
function formatNextTick({ lastTickAt, nextTickAt }: ScheduleView): string {
  if (nextTickAt === null) return '';
  if (Date.parse(nextTickAt) > Date.now()) return formatTime(nextTickAt);
  return lastTickAt === null ? 'due' : 'overdue';
}

export async function run(name: string, options: CommonOptions): Promise<number> {
  const open = await openDesk(await loadSettings(options));
  try {
    const { runId } = await open.schedules.run(name);
    await print(runId);
    return await finishRun(open, runId);
  } finally {
    await open.close();
  }
}

export async function pause(name: string, options: CommonOptions): Promise<void> {
  const open = await openSwitches(await loadSettings(options));
  try {
    await open.schedules.pause(name);
    printProgress(`The schedule ${name} is paused.`);
  } finally {
    await open.close();
  }
}

export async function resume(name: string, options: CommonOptions): Promise<void> {
  const open = await openSwitches(await loadSettings(options));
  try {
    const { nextTickAt } = await open.schedules.resume(name);
    const next = nextTickAt === null ? 'after cicd resume' : `at ${formatTime(nextTickAt)} UTC`;
    const condition = open.hostRuns ? '' : ', if the host runs then';
    printProgress(`The schedule ${name} ticks next ${next}${condition}.`);
  } finally {
    await open.close();
  }
}
