import { commentGenerations, type CommentMemory } from '../domain/own-comment.ts';
import type { IssueChange, IssueDetails } from '../ports/issue-tracker.ts';
import { stableId } from '../runtime/stable-id.ts';

export interface WantedComment<Memory extends CommentMemory> {
  memory: Memory;
  /** Ids of the comment by its generation. */
  commentIds: readonly string[];
  body: string;
}

export interface CommentPlan<Memory extends CommentMemory> {
  /** Empty: the comment is there already, or is not written any more. */
  changes: IssueChange[];
  /** To be kept before the changes are made. */
  memory: Memory;
  problems: string[];
}

/** Ids of a comment by its generation: the same names give the same ids. */
export function listCommentIds(...names: string[]): string[] {
  return Array.from({ length: commentGenerations }, (_none, generation) =>
    stableId(...names, String(generation)),
  );
}

/** Updates the newest of our comments that is there; after it was deleted, the next one takes its place. */
export function planComment<Memory extends CommentMemory>(
  issue: IssueDetails,
  { body, commentIds, memory }: WantedComment<Memory>,
): CommentPlan<Memory> {
  const shown = commentIds.findLastIndex((id) => findComment(issue, id) !== undefined);
  const generation = shown >= 0 ? shown : memory.generation + (memory.commentMade ? 1 : 0);
  const id = commentIds[generation];
  if (id === undefined) {
    const often = `${commentIds.length} times`;
    const problem = `The comment on ${issue.identifier} was deleted ${often}: it is not written again`;
    return { changes: [], memory, problems: [problem] };
  }
  const comment = findComment(issue, id);
  const remembered = { ...memory, generation, commentMade: comment !== undefined };
  if (comment === undefined) {
    const change: IssueChange = { kind: 'create-comment', id, issueId: issue.id, body };
    return { changes: [change], memory: remembered, problems: [] };
  }
  const isSame = comment.body.trim() === body.trim();
  const changes: IssueChange[] = isSame ? [] : [{ kind: 'update-comment', id, body }];
  return { changes, memory: remembered, problems: [] };
}

function findComment({ comments }: IssueDetails, wanted: string) {
  return comments.find(({ id }) => id === wanted);
}
