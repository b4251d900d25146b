import { formatOutcome, runsOf, shortDeliveryId } from '../../../lib/dashboard/delivery-text.ts';
import { formatTime } from '../../../lib/dashboard/run-text.ts';
import type { Delivery, DeliveryDetail } from '../../../lib/domain/delivery.ts';
import { oneLineText } from '../../../lib/domain/plain-text.ts';
import { subjectOf } from '../../../lib/domain/run-subject.ts';
import type { Replay } from '../../../lib/flows/dispatch/replay.ts';
import { exitCodes } from '../exit-codes.ts';
import { finishRun } from '../finish-run.ts';
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
  cursor?: string;
}

export interface ReplayOptions extends ListingOptions {
  dryRun?: boolean;
}

export async function list(options: ListOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  try {
    const { cursor, limit } = options;
    const listing = await open.deliveries.list({ limit, cursor });
    if (options.json === true) return await printJson(listing);
    const table = formatColumns([head, ...listing.deliveries.map(row)]);
    await print(listing.deliveries.length === 0 ? 'No deliveries.' : table);
    if (listing.next !== null) printProgress(`There are older ones: --cursor ${listing.next}`);
  } finally {
    await open.close();
  }
}

const head = ['ID', 'FROM', 'EVENT', 'RECEIVED (UTC)', 'DECISION', 'RUN OR REASON'];

function row(delivery: Delivery): string[] {
  const { decision, id, receivedAt, source, type } = delivery;
  return [
    shortDeliveryId(id),
    source,
    type,
    formatTime(receivedAt),
    decision,
    formatOutcome(delivery),
  ];
}

export async function show(id: string, options: ListingOptions): Promise<void> {
  const open = await openReader(await loadSettings(options));
  try {
    const delivery = await open.deliveries.get(id);
    await (options.json === true ? printJson(delivery) : print(formatDelivery(delivery)));
  } finally {
    await open.close();
  }
}

function formatDelivery(delivery: DeliveryDetail): string {
  const { attempts, decidedAt, decision, event, id, reason, receivedAt, source } = delivery;
  const decided = decidedAt === null ? '' : `, ${formatTime(decidedAt)} UTC`;
  const facts: [name: string, value: string | null | undefined][] = [
    ['Delivery', id],
    ['From', source],
    ['Event', event.type],
    ['Received', `${formatTime(receivedAt)} UTC`],
    ['Repository', event.repository?.name],
    ['Issue', event.linearIssue?.identifier],
    ['Sender', event.sender && `${event.sender.login} (${event.sender.type})`],
    ['Address', event.url],
    ['Decision', `${decision}${decided}`],
    ['Reason', reason],
    ['Runs', runsOf(delivery).join(', ') || null],
    ['Attempts', String(attempts)],
  ];
  return formatColumns(
    facts.flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value]],
    ),
  );
}

export async function preview(id: string, options: ReplayOptions): Promise<number> {
  const open = await openReader(await loadSettings(options));
  try {
    await printReplay(await open.deliveries.preview(id), options);
    return exitCodes.done;
  } finally {
    await open.close();
  }
}

export async function replay(id: string, options: ReplayOptions): Promise<number> {
  const open = await openDesk(await loadSettings(options));
  try {
    const replayed = await open.deliveries.replay(id);
    await printReplay(replayed, options);
    const heldBack = replayed.runs.length === 0 && wantsRun(replayed);
    if (heldBack) printProgress(oneLineText((await open.deliveries.get(id)).reason ?? ''));
    const created = replayed.runs.filter((run) => run.created);
    const codes: number[] = [];
    for (const { runId } of created) codes.push(await finishRun(open, runId));
    return Math.max(exitCodes.done, ...codes);
  } finally {
    await open.close();
  }
}

async function printReplay(replayed: Replay, { json }: ReplayOptions): Promise<void> {
  await (json === true ? printJson(replayed) : print(formatReplay(replayed)));
}

function wantsRun({ decisions }: Replay): boolean {
  return decisions.some(({ kind }) => kind === 'run');
}

/** What was decided, a line each, then the runs. */
function formatReplay({ decisions, runs }: Replay): string {
  const decided = decisions.map((decision) => {
    if (decision.kind === 'ignored') return `ignored: ${decision.reason}`;
    return `run: ${decision.flow} ${subjectOf(decision.input)}: ${decision.reason}`;
  });
  const started = runs.map(({ created, runId }) =>
    created
      ? `${runId} started`
      : `${runId} was started for this before; runs retry ${runId.slice(0, 8)} runs it again`,
  );
  return [...decided, ...started].map(oneLineText).join('\n');
}
