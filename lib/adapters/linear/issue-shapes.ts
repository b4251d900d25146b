import { z } from 'zod';
import { isClosingState } from '../../domain/closing-states.ts';
import type { Label, TrackedIssue, WorkflowState } from '../../ports/issue-tracker.ts';

/** A list of things, as far as it was asked for. */
export function listOf<T extends z.ZodType>(node: T) {
  return z.object({ nodes: z.array(node) });
}

/** A page of a list that may be longer. */
export function pageOf<T extends z.ZodType>(node: T) {
  return listOf(node).extend({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  });
}

export const stateSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
}) satisfies z.ZodType<WorkflowState>;

export const labelSchema = z.object({
  id: z.string(),
  name: z.string(),
}) satisfies z.ZodType<Label>;

/** Fields of an issue that `trackedIssueSchema` reads. */
export const trackedIssueFields =
  'id identifier title url createdAt updatedAt completedAt canceledAt archivedAt trashed ' +
  'state { id name type }';

const time = z.iso.datetime({ offset: true });

const trackedIssueObject = z.object({
  id: z.string(),
  identifier: z.string(),
  title: z.string(),
  url: z.string(),
  createdAt: time,
  updatedAt: time,
  completedAt: time.nullable(),
  canceledAt: time.nullable(),
  archivedAt: time.nullable(),
  trashed: z.boolean().nullable(),
  state: stateSchema,
});

export const trackedIssueShape = trackedIssueObject.shape;

export function trackedIssueOf(issue: z.infer<typeof trackedIssueObject>): TrackedIssue {
  const { id, identifier, state, title, updatedAt, url } = issue;
  return { id, identifier, title, url, updatedAt, closed: isClosed(issue), state };
}

export function isClosed(issue: {
  completedAt: string | null;
  canceledAt: string | null;
  archivedAt: string | null;
  trashed: boolean | null;
  state: { type: string };
}): boolean {
  const ended = [issue.completedAt, issue.canceledAt, issue.archivedAt];
  return (
    ended.some((at) => at !== null) || issue.trashed === true || isClosingState(issue.state.type)
  );
}
