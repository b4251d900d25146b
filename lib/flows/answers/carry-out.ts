import type { IssueMemory } from '../../domain/answers/issue-memory.ts';
import type {
  IssueChange,
  IssueTracker,
  RefusedChange,
  TrackerCall,
} from '../../ports/issue-tracker.ts';
import type { Logger } from '../../runtime/logging.ts';
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
    const next = planNextComment(comment, planned);
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

function isAboutComment({ change }: RefusedChange): boolean {
  return change.kind === 'create-comment' || change.kind === 'update-comment';
}

/**
 * What was written with other credentials nobody but its author may edit: once they are replaced, there is
 * another comment.
 * @throws UpstreamError where it was refused for another reason
 */
function planNextComment(
  { change, error }: RefusedChange,
  { commentIds, issueId, plan }: PlannedAnswer,
): { change: IssueChange; memory: IssueMemory } {
  const generation = plan.memory.generation + 1;
  const id = commentIds[generation];
  const isForeign = change.kind === 'update-comment' && error.status === 403;
  if (!isForeign || id === undefined) throw error;
  return {
    change: { kind: 'create-comment', id, issueId, body: change.body },
    memory: { ...plan.memory, generation, commentMade: false },
  };
}
