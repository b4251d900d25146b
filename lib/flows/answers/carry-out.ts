import type { IssueMemory } from '../../domain/answers/issue-memory.ts';
import type { IssueTracker, TrackerCall } from '../../ports/issue-tracker.ts';
import type { Logger } from '../../runtime/logging.ts';
import { isAboutComment, planNextComment } from '../plan-comment.ts';
import type { AnswerRecords, KeptAnswer } from './answer-records.ts';
import type { Written } from './place-writer.ts';
import type { IssuePlan } from './plan-issue-answer.ts';

interface CarryOutServices {
  records: Pick<AnswerRecords, 'change'>;
  tracker: Pick<IssueTracker, 'change'>;
}

interface PlannedAnswer {
  call: TrackerCall;
  /** Ids of the comment by its generation. */
  commentIds: readonly string[];
  issueId: string;
  log: Logger;
  plan: IssuePlan;
}

/**
 * Makes the changes of a plan. What is about to be done is written down first, and afterwards that it is done.
 * @throws UpstreamError when the comment could not be written: it is what people wait for
 */
export async function carryOut(
  { records, tracker }: CarryOutServices,
  kept: KeptAnswer,
  planned: PlannedAnswer,
): Promise<Written> {
  const { call, log, plan } = planned;
  const remember = (issue: IssueMemory) =>
    records.change(kept, (current) => ({ ...current, issue }));

  for (const problem of plan.problems) log.warn(problem);
  if ((await remember(plan.memory)) === undefined) return { state: 'superseded' };
  const refused = plan.changes.length === 0 ? [] : await tracker.change(plan.changes, call);
  const comment = refused.find(isAboutComment);
  let { memory } = plan;
  if (comment !== undefined) {
    const next = planNextComment(comment, { ...planned, memory });
    ({ memory } = next);
    if ((await remember(memory)) === undefined) return { state: 'superseded' };
    const [again] = await tracker.change([next.change], call);
    if (again !== undefined) throw again.error;
  }
  const done = await remember({ ...memory, commentMade: true });
  if (done === undefined) return { state: 'superseded' };
  const others = refused.filter((one) => one !== comment).map(({ error }) => error.message);
  return { state: 'shown', problem: others.length === 0 ? null : others.join(' ') };
}
