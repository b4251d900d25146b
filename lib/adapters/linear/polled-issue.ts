import { z } from 'zod';
import { isClosed, listOf, pageOf, trackedIssueFields, trackedIssueShape } from './issue-shapes.ts';

const entryFields = `id createdAt updatedAt addedLabelIds removedLabelIds fromTitle toTitle
  fromAssigneeId toAssigneeId fromDelegate { id } toDelegate { id }
  fromState { type } toState { type } archived trashed
  actor { id name app } botActor { type }`;

const historyField = `history(first: 25, after: $historyAfter) {
    nodes { ${entryFields} }
    pageInfo { hasNextPage endCursor }
  }`;

/**
 * Changed since then, those changed first before the others: where a poll ends early, the next goes on. Asked
 * for by so few at once that the answer stays below 10,000 points of complexity, which is Linear's limit.
 */
export const changedIssuesDocument = `query ChangedIssues(
  $label: String!, $since: DateTimeOrDuration!, $after: String, $historyAfter: String
) {
  issues(
    first: 25
    after: $after
    sort: [{ updatedAt: { order: Ascending } }]
    filter: {
      labels: { some: { name: { eqIgnoreCase: $label } } }
      state: { type: { nin: ["completed", "canceled", "duplicate"] } }
      updatedAt: { gt: $since }
    }
  ) {
    nodes {
      ${trackedIssueFields} previousIdentifiers
      assignee { id } delegate { id }
      creator { id name app } botActor { type } externalUserCreator { id }
      labels(first: 50) { nodes { id name } }
      ${historyField}
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const issueHistoryDocument = `query IssueHistory($issue: String!, $historyAfter: String) {
  issue(id: $issue) { ${historyField} }
}`;

const time = z.iso.datetime({ offset: true });
const idOnly = z.object({ id: z.string() });
const typeOnly = z.object({ type: z.string() });

const userSchema = z.object({ id: z.string(), name: z.string(), app: z.boolean() });
export type PolledUser = z.infer<typeof userSchema>;

/** What one actor changed at one time; null: did not change. */
const entrySchema = z.object({
  id: z.string(),
  createdAt: time,
  updatedAt: time,
  addedLabelIds: z.array(z.string()).nullable(),
  removedLabelIds: z.array(z.string()).nullable(),
  fromTitle: z.string().nullable(),
  toTitle: z.string().nullable(),
  fromAssigneeId: z.string().nullable(),
  toAssigneeId: z.string().nullable(),
  fromDelegate: idOnly.nullable(),
  toDelegate: idOnly.nullable(),
  fromState: typeOnly.nullable(),
  toState: typeOnly.nullable(),
  archived: z.boolean().nullable(),
  trashed: z.boolean().nullable(),
  actor: userSchema.nullable(),
  botActor: typeOnly.nullable(),
});
export type PolledEntry = z.infer<typeof entrySchema>;

const historySchema = pageOf(entrySchema);
export type HistoryPage = z.infer<typeof historySchema>;

const polledIssueSchema = z
  .object({
    ...trackedIssueShape,
    previousIdentifiers: z.array(z.string()),
    assignee: idOnly.nullable(),
    delegate: idOnly.nullable(),
    creator: userSchema.nullable(),
    botActor: typeOnly.nullable(),
    externalUserCreator: idOnly.nullable(),
    labels: listOf(z.object({ id: z.string(), name: z.string() })),
    history: historySchema,
  })
  .transform(({ labels, ...issue }) => ({
    ...issue,
    labels: labels.nodes,
    closed: isClosed(issue),
  }));
/** An issue as it is now, with as much of its history as fits into one answer. */
export type PolledIssue = z.infer<typeof polledIssueSchema>;

export const changedIssuesSchema = z.object({ issues: pageOf(polledIssueSchema) });
export const issueHistorySchema = z.object({ issue: z.object({ history: historySchema }) });
