import type { Place } from '../../domain/answers/place.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type {
  IssueDetails,
  IssueTracker,
  TrackerCall,
  WantedDetails,
} from '../../ports/issue-tracker.ts';
import type { Config } from '../../runtime/config-schema.ts';
import {
  formatFailureComment,
  formatProgressComment,
} from '../component-analysis/format/format-comment.ts';
import { answerLink } from './answer-key.ts';
import type { AnswerRecords, KeptAnswer } from './answer-records.ts';
import type { AnsweredRun } from './answers.ts';
import { carryOut } from './carry-out.ts';
import { shown, type PlaceWriter, type ShownOutcome } from './place-writer.ts';
import { listCommentIds } from '../plan-comment.ts';
import { planBeginning, planEnd, type WantedEnd } from './plan-issue-answer.ts';
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
  const commentIds = commentIdsOf(services, place);

  return {
    whyNot: async () =>
      (await tracker.isConfigured()) ? undefined : 'no credentials of Linear are set',

    async begin(kept, { id, input }, log) {
      // Nothing is worth showing before the one and only answer: it comes at once.
      if (input.kind === 'unknown-component') return shown;
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
      return carryOut(services, kept, { call, commentIds, issueId: place.id, log, plan });
    },

    progress: (kept, run, step) => updateProgress(services, place, { kept, run, step }),

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
      return carryOut(services, kept, { call, commentIds, issueId: place.id, log, plan });
    },
  };
}

/** Replaces the text of the comment that was made before, unread. */
async function updateProgress(
  services: IssueWriterServices,
  place: IssuePlace,
  { kept, run: { id, input }, step }: { kept: KeptAnswer; run: AnsweredRun; step: string },
): Promise<void> {
  const { allowances, linkTo, tracker } = services;
  const { issue: memory, openedAt } = kept.record;
  const commentId = commentIdsOf(services, place)[memory.generation];
  if (input.kind === 'unknown-component' || !memory.commentMade || commentId === undefined) return;
  const { component, repository } = input;
  const body = formatProgressComment({
    component,
    repository,
    runLink: linkTo(id),
    since: openedAt,
    step,
  });
  const call: TrackerCall = { urgency: 'progress', allowance: allowances.of(id, keptForEnd) };
  const [refused] = await tracker.change([{ kind: 'update-comment', id: commentId, body }], call);
  if (refused !== undefined) throw refused.error;
}

function commentIdsOf({ stack }: IssueWriterServices, { id }: IssuePlace): string[] {
  return listCommentIds('answer comment', stack, id);
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
    const body = formatFailureComment({
      ...outcome,
      subject: run.subject,
      runLink: linkTo(run.id),
    });
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
