import { setTimeout as delay } from 'node:timers/promises';
import {
  agentAdvice,
  agentSubject,
  formatAgentLogEntry,
  formatAgentState,
  formatCameOf,
} from '../../../lib/dashboard/agent-text.ts';
import { formatDuration, formatTime } from '../../../lib/dashboard/run-text.ts';
import { isFinalAgentRunState, type AgentRun } from '../../../lib/domain/agents/agent-run.ts';
import { plainJson } from '../../../lib/domain/plain-text.ts';
import type { AgentLogEntry } from '../../../lib/ports/agent-provider.ts';
import { openReader, type OpenReader } from '../desks/open-reader.ts';
import { openSwitches } from '../desks/open-switches.ts';
import { formatAgentRuns } from '../format-agent-runs.ts';
import { formatStop } from '../format-stop.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings } from '../settings.ts';
import { formatColumns, print, printJson, printProgress } from '../output.ts';

export interface ListingOptions extends CommonOptions {
  json?: boolean;
}

export interface ListOptions extends ListingOptions {
  limit: number;
  open?: boolean;
  cursor?: string;
}

export interface LogOptions extends ListingOptions {
  follow?: boolean;
}

export async function list(options: ListOptions): Promise<void> {
  const opened = await openReader(await loadSettings(options));
  const { agents } = opened;
  try {
    const { cursor, limit, open } = options;
    const listing = await agents.list({ limit, cursor, open: open === true });
    if (options.json === true) return await printJson(listing);
    const { agentRuns, next } = listing;
    await print(
      agentRuns.length === 0 ? await sayNone(opened, options) : formatAgentRuns(agentRuns),
    );
    if (next !== null) printProgress(sayOlder(limit));
  } finally {
    await opened.close();
  }
}

const mostAtOnce = 500;

/** A cursor is for programs: it is long, and `--json` tells it. */
function sayOlder(limit: number): string {
  return limit < mostAtOnce
    ? `There are older ones: --limit ${Math.min(limit * 5, mostAtOnce)}`
    : 'There are older ones: --cursor, with the `next` that --json tells';
}

async function sayNone(
  { agents }: Pick<OpenReader, 'agents'>,
  { open, stack }: CommonOptions & { open?: boolean },
): Promise<string> {
  const advice = agentAdvice(await agents.status(), stack);
  if (advice !== null) return `No agent runs. ${advice}`;
  if (open === true) return 'No agent run is under way.';
  return 'No agent runs yet. Ask for some: cicd analyze NAME --agents';
}

export async function show(id: string, options: ListingOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  try {
    const agentRun = await open.agents.get(id);
    await (options.json === true ? printJson(agentRun) : print(formatAgentRun(agentRun)));
  } finally {
    await open.close();
  }
}

function formatAgentRun(agentRun: AgentRun): string {
  const { attempt, deadline, endedAt, placeUntil, provider, providerId, startedAt, status } =
    agentRun;
  const facts: [name: string, value: string | null][] = [
    ['Agent run', agentRun.id],
    ['Asked for', agentSubject(agentRun)],
    ['By', `run ${agentRun.runId}`],
    ['Provider', providerId === null ? provider : `${provider}, there ${providerId}`],
    ['State', `${formatAgentState(agentRun)}${status === null ? '' : ` (${status})`}`],
    ['Attempt', String(attempt)],
    ['Started', `${formatTime(startedAt)} UTC`],
    ['Took', endedAt === null ? null : formatDuration(startedAt, endedAt)],
    ['Deadline', endedAt === null ? `${formatTime(deadline)} UTC` : null],
    [
      'Place',
      placeUntil === undefined ? null : `held until ${formatTime(placeUntil)} UTC at the latest`,
    ],
    ['Page', agentRun.url],
    ...agentRun.pullRequests.map(({ url }): [string, string] => ['Pull request', url]),
    ['Came of it', formatCameOf(agentRun) || null],
  ];
  return formatColumns(facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

const entriesAtOnce = 100;
/** Providers count requests: who looks every few seconds leaves enough for the flow that waits. */
const followMs = 3_000;

export async function logs(id: string, options: LogOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  const { agents } = open;
  const format = (entry: AgentLogEntry) =>
    options.json === true ? plainJson(entry) : formatAgentLogEntry(entry);
  try {
    let skip = 0;
    for (;;) {
      // The state first: what was done before the end is then surely read.
      const { id: fullId, state } = await agents.get(id);
      const { entries } = await agents.logs(fullId, { skip, limit: entriesAtOnce });
      if (entries.length > 0) await print(entries.map(format).join('\n'));
      skip += entries.length;
      if (entries.length === entriesAtOnce) continue;
      if (options.follow !== true || isFinalAgentRunState(state)) break;
      await delay(followMs);
    }
    if (skip === 0 && options.json !== true) await print('The agent has told nothing.');
  } finally {
    await open.close();
  }
}

export async function stop(id: string, options: CommonOptions): Promise<void> {
  const open = await openSwitches(await loadSettings(options));
  try {
    const stopped = await open.agents.stop(id);
    printProgress(formatStop(stopped));
    if (stopped.outcome !== 'over') printProgress('Its analysis reports without it.');
  } finally {
    await open.close();
  }
}
