import { createHash } from 'node:crypto';
import type { ComponentResult } from '../../domain/tracking/component-result.ts';
import { shareSeconds, type TableRecord } from '../../domain/tracking/table-record.ts';
import { trackingRows, type ComponentIssue } from '../../domain/tracking/tracking-rows.ts';
import type { IssueDetails, IssueTracker, TrackerCall } from '../../ports/issue-tracker.ts';
import type { Store } from '../../ports/store.ts';
import type { LoadedConfig } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logging.ts';
import { listCommentIds, planComment, planNextComment, type CommentPlan } from '../plan-comment.ts';
import { analysisKey, type AnalysedComponent } from '../component-analysis/analysis-key.ts';
import { listConfiguredComponents } from '../component-analysis/configured-components.ts';
import {
  isUnshown,
  listUnshown,
  markShown,
  readLatestResults,
  saveResult,
} from './component-results.ts';
import { formatTable } from './format-table.ts';
import { beginTurn, type Turn } from './table-records.ts';

/** The progress table on the tracking issue, a row for each component. */
export interface Tracking {
  /**
   * Keeps how an analysis ended. Noted once more, it changes nothing.
   * @throws UpstreamError when the store cannot be read or written
   */
  noteResult(result: ComponentResult): Promise<void>;
  /**
   * Brings the table up to date, with two calls of the tracker at most. Analyses that end within 10 seconds
   * share a write.
   * @param noted looks only where the result of this component is not in the table yet. Default: looks always
   * @throws UpstreamError when the tracker or the store fails
   */
  update(writer: TableWriter, log: Logger, noted?: AnalysedComponent): Promise<TrackingOutcome>;
}

/** A run that writes the table, and on whose account it calls the tracker. */
export interface TableWriter {
  runId: string;
  call: TrackerCall;
}

/**
 * `again`: somebody writes, or has just written; look again after so many seconds. `idle`: no tracking issue is
 * configured, no credentials are set, or the issue cannot be written to (which the log tells).
 */
export type TrackingOutcome = 'written' | 'unchanged' | 'idle' | { again: number };

export interface TrackingServices {
  tracker: IssueTracker;
  store: Store;
  config: LoadedConfig;
  /** Name of the installation: two of them do not share a comment. */
  stack: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Address of a run's page. */
  linkTo: (runId: string) => string;
}

export function createTracking(services: TrackingServices): Tracking {
  const { config, now, store, tracker } = services;
  const { trackingIssue } = config.config.linear;

  return {
    noteResult: (result) => saveResult(store, result, now()),

    async update({ call, runId }, log, noted) {
      if (trackingIssue === undefined || !(await tracker.isConfigured())) return 'idle';
      if (noted !== undefined && !(await isUnshown(store, noted))) return 'unchanged';
      const turn = await beginTurn(store, { issue: trackingIssue, writer: runId }, now);
      if ('again' in turn) return turn;
      try {
        return await writeTable(services, trackingIssue, { call, log, turn });
      } finally {
        await turn.end();
      }
    },
  };
}

/** Whoever has the turn now may know more: the table is for them to write. */
const turnLost = { again: shareSeconds };

async function writeTable(
  services: TrackingServices,
  identifier: string,
  { call, log, turn }: { call: TrackerCall; log: Logger; turn: Turn },
): Promise<TrackingOutcome> {
  const { store, stack, tracker } = services;
  const commentIds = listCommentIds('tracking', stack, identifier);
  const wanted = { commentIds, attachmentUrls: [], stateNames: [], labelNames: [] };
  const unshown = await listUnshown(store);
  const found = await tracker.getIssueWithChildren(identifier, wanted, call);
  if (found === undefined) {
    log.warn('The tracking issue was not found: see linear.trackingIssue', { issue: identifier });
    return 'idle';
  }
  const body = await drawTable(services, found.children);
  const plan = planTable(found.issue, { body, commentIds, memory: turn.record });
  for (const problem of plan.problems) log.warn(problem, { issue: identifier });
  if (!(await turn.save(plan.memory))) return turnLost;
  if (plan.changes.length > 0) {
    const memory = await sendTable(plan, {
      call,
      commentIds,
      issueId: found.issue.id,
      tracker,
      turn,
    });
    if (memory === undefined) return turnLost;
    const written = { ...memory, commentMade: true, writtenDigest: digestOf(body) };
    if (!(await turn.save(written))) return turnLost;
  }
  await markShown(store, unshown);
  if (plan.problems.length > 0) return 'idle';
  return plan.changes.length > 0 ? 'written' : 'unchanged';
}

interface Sending {
  call: TrackerCall;
  commentIds: readonly string[];
  issueId: string;
  tracker: IssueTracker;
  turn: Turn;
}

/**
 * Writes the comment; where nobody but its author may change it, the next one.
 * @returns undefined when somebody else has the turn meanwhile
 */
async function sendTable(
  { changes, memory }: CommentPlan<TableRecord>,
  { call, commentIds, issueId, tracker, turn }: Sending,
): Promise<TableRecord | undefined> {
  const [refused] = await tracker.change(changes, call);
  if (refused === undefined) return memory;
  const next = planNextComment(refused, { commentIds, issueId, memory });
  if (!(await turn.save(next.memory))) return undefined;
  const [again] = await tracker.change([next.change], call);
  if (again !== undefined) throw again.error;
  return next.memory;
}

async function drawTable(
  { config, linkTo, store }: TrackingServices,
  children: readonly ComponentIssue[],
): Promise<string> {
  const results = await readLatestResults(store);
  const rows = trackingRows({
    children,
    components: listConfiguredComponents(config),
    componentOfIssue: config.config.linear.issues,
    resultOf: (component) => results.get(analysisKey(component)),
  });
  return formatTable(rows, linkTo);
}

interface WantedTable {
  body: string;
  commentIds: readonly string[];
  memory: TableRecord;
}

/** Linear gives Markdown back in its own way: what we wrote last counts as being there while the comment is. */
function planTable(issue: IssueDetails, wanted: WantedTable) {
  const plan = planComment(issue, wanted);
  const isOurs = plan.memory.commentMade && wanted.memory.writtenDigest === digestOf(wanted.body);
  return isOurs ? { ...plan, changes: [] } : plan;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
