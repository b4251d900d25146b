import { commentGenerations, type CommentMemory } from '../domain/own-comment.ts';
import type { IssueChange, IssueDetails, RefusedChange } from '../ports/issue-tracker.ts';
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

export function isAboutComment({ change }: RefusedChange): boolean {
  return change.kind === 'create-comment' || change.kind === 'update-comment';
}

/**
 * What was written with other credentials nobody but its author may edit: once they are replaced, there is
 * another comment.
 * @throws UpstreamError where it was refused for another reason
 */
export function planNextComment<Memory extends CommentMemory>(
  { change, error }: RefusedChange,
  {
    commentIds,
    issueId,
    memory,
  }: { commentIds: readonly string[]; issueId: string; memory: Memory },
): { change: IssueChange; memory: Memory } {
  const generation = memory.generation + 1;
  const id = commentIds[generation];
  const isForeign = change.kind === 'update-comment' && error.status === 403;
  if (!isForeign || id === undefined) throw error;
  return {
    change: { kind: 'create-comment', id, issueId, body: change.body },
    memory: { ...memory, generation, commentMade: false },
  };
}

function findComment({ comments }: IssueDetails, wanted: string) {
  return comments.find(({ id }) => id === wanted);
}
