import { commentGenerations } from '../../domain/answers/issue-memory.ts';
import type { Place } from '../../domain/answers/place.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type {
  IssueDetails,
  IssueTracker,
  TrackerCall,
  WantedDetails,
} from '../../ports/issue-tracker.ts';
import type { Config } from '../../runtime/config-schema.ts';
import type { Logger } from '../../runtime/logging.ts';
import { stableId } from '../../runtime/stable-id.ts';
import {
  formatFailureComment,
  formatProgressComment,
} from '../component-analysis/format/format-comment.ts';
import { answerLink } from './answer-key.ts';
import type { AnswerRecords, KeptAnswer } from './answer-records.ts';
import type { PlaceWriter, ShownOutcome, Written } from './place-writer.ts';
import { planBeginning, planEnd, type IssuePlan, type WantedEnd } from './plan-issue-answer.ts';
import type { RequestAllowances } from './request-allowances.ts';

export interface IssueWriterServices {
  allowances: RequestAllowances;
  linear: Config['linear'];
  /** Address of a run's page. */
  linkTo: (runId: string) => string;
  records: AnswerRecords;
  /** Name of the installation: two of them do not share a comment. */
  stack: string;
  tracker: IssueTracker;
}

export type IssuePlace = Extract<Place, { kind: 'linear-issue' }>;

/** Requests that are left for the end while the beginning and the progress are shown. */
const keptForEnd = 4;

/** Answers in a Linear issue: one comment, one attachment, a label, a state. Two calls each time at most. */
export function createIssueWriter(services: IssueWriterServices, place: IssuePlace): PlaceWriter {
  const { allowances, linear, linkTo, tracker } = services;
  const commentIds = listCommentIds(services.stack, place);

  return {
    whyNot: async () =>
      (await tracker.isConfigured()) ? undefined : 'no credentials of Linear are set',

    async begin(kept, { id, input }, log) {
      // Nothing is worth showing before the one and only answer: it comes at once.
      if (input.kind === 'unknown-component') return 'shown';
      const call: TrackerCall = { urgency: 'progress', allowance: allowances.of(id, keptForEnd) };
      const { running } = linear.states;
      const issue = await readIssue(services, place, {
        call,
        wanted: { commentIds, attachmentUrls: [], stateNames: namesOf(running), labelNames: [] },
      });
      const { component, repository } = input;
      const step = 'reading the files';
      const body = formatProgressComment({
        component,
        repository,
        runLink: linkTo(id),
        since: kept.record.openedAt,
        step,
      });
      const { issue: memory } = kept.record;
      const plan = planBeginning(issue, { body, commentIds, memory, state: running });
      return carryOut(services, kept, { call, log, plan });
    },

    async finish(kept, outcome, { allowance, log }) {
      const call: TrackerCall = { urgency: 'answer', allowance };
      const wanted = wantEnd(services, kept, outcome);
      const issue = await readIssue(services, place, {
        call,
        wanted: {
          commentIds,
          attachmentUrls: namesOf(wanted.report?.attachment.url),
          stateNames: namesOf(wanted.report?.state),
          labelNames: namesOf(wanted.report?.label),
        },
      });
      const plan = planEnd(issue, { ...wanted, commentIds });
      return carryOut(services, kept, { call, log, plan });
    },
  };
}

/**
 * Replaces the text of a comment that was made before, unread.
 * @throws UpstreamError
 */
export async function updateProgress(
  { allowances, stack, tracker }: IssueWriterServices,
  place: IssuePlace,
  { body, kept }: { body: string; kept: KeptAnswer },
): Promise<void> {
  const { issue: memory, run } = kept.record;
  const id = listCommentIds(stack, place)[memory.generation];
  if (!memory.commentMade || id === undefined) return;
  const allowance = allowances.of(run.id, keptForEnd);
  await tracker.change([{ kind: 'update-comment', id, body }], { urgency: 'progress', allowance });
}

function listCommentIds(stack: string, { id }: IssuePlace): string[] {
  return Array.from({ length: commentGenerations }, (_none, generation) =>
    stableId('answer comment', stack, id, String(generation)),
  );
}

function namesOf(name: string | null | undefined): string[] {
  return name === null || name === undefined ? [] : [name];
}

async function readIssue(
  { tracker }: IssueWriterServices,
  { id, identifier }: IssuePlace,
  { call, wanted }: { call: TrackerCall; wanted: WantedDetails },
): Promise<IssueDetails> {
  const issue = await tracker.getIssue(id, wanted, call);
  if (issue !== undefined) return issue;
  const message = `There is no issue ${identifier} (any more) that these credentials may see`;
  throw new UpstreamError(message, { service: 'linear', retryable: false });
}

function wantEnd(
  { linear, linkTo }: IssueWriterServices,
  { key, record }: KeptAnswer,
  outcome: ShownOutcome,
): Omit<WantedEnd, 'commentIds'> {
  const { issue: memory, run } = record;
  if (outcome.kind === 'failed') {
    const { reason } = outcome;
    const body = formatFailureComment({ subject: run.subject, reason, runLink: linkTo(run.id) });
    return { body, memory, report: null };
  }
  const { attachment, comment, isAnalysis } = outcome.answer;
  const report = {
    attachment: { ...attachment, url: answerLink(linkTo, key) },
    label: linear.doneLabel ?? null,
    state: linear.states.done,
  };
  return { body: comment, memory, report: isAnalysis ? report : null };
}

/** What is about to be done is written down first, and afterwards that it is done. */
async function carryOut(
  { records, tracker }: IssueWriterServices,
  kept: KeptAnswer,
  { call, log, plan }: { call: TrackerCall; log: Logger; plan: IssuePlan },
): Promise<Written> {
  for (const problem of plan.problems) log.warn(problem);
  const planned = await records.change(kept, (current) => ({ ...current, issue: plan.memory }));
  if (planned === undefined) return 'superseded';
  if (plan.changes.length > 0) await tracker.change(plan.changes, call);
  const issue = { ...plan.memory, commentMade: true };
  const done = await records.change(kept, (current) => ({ ...current, issue }));
  return done === undefined ? 'superseded' : 'shown';
}
