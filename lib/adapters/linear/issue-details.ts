import { z } from 'zod';
import type { IssueDetails, WantedDetails } from '../../ports/issue-tracker.ts';
import {
  labelSchema,
  listOf,
  stateSchema,
  trackedIssueFields,
  trackedIssueOf,
  trackedIssueShape,
} from './issue-shapes.ts';
import {
  anyOfNames,
  foundLabelsSchema,
  labelFields,
  labelFilters,
  labelVariables,
  teamLabelsArguments,
  usableLabels,
  workspaceLabelsArguments,
} from './team-labels.ts';

/** Only what is wanted, and only as much: Linear counts what a list could hold, not what it holds. */
export const detailsFields = `
  ${trackedIssueFields}
  labels(first: 50) { nodes { id name } }
  comments(first: $commentCount, filter: { id: { in: $commentIds } }) @include(if: $withComments) {
    nodes { id body }
  }
  attachments(first: $urlCount, filter: { url: { in: $urls } }) @include(if: $withAttachments) {
    nodes { url title subtitle }
  }
  team {
    id
    states(first: 20, filter: $stateFilter) @include(if: $withStates) { nodes { id name type } }
    labels${teamLabelsArguments} @include(if: $withLabels) { ${labelFields} }
  }`;

/** Beside the issue. */
export const workspaceLabelsField = `issueLabels${workspaceLabelsArguments} @include(if: $withLabels) {
    ${labelFields}
  }`;

export const detailsVariables = `$issue: String!,
  $commentIds: [ID!]!, $commentCount: Int!, $withComments: Boolean!,
  $urls: [String!]!, $urlCount: Int!, $withAttachments: Boolean!,
  $stateFilter: WorkflowStateFilter!, $withStates: Boolean!,
  ${labelVariables}, $withLabels: Boolean!`;

export function detailsVariablesOf(issue: string, wanted: WantedDetails): Record<string, unknown> {
  const { attachmentUrls, commentIds, labelNames, stateNames } = wanted;
  return {
    issue,
    commentIds,
    commentCount: commentIds.length,
    withComments: commentIds.length > 0,
    urls: attachmentUrls,
    urlCount: attachmentUrls.length,
    withAttachments: attachmentUrls.length > 0,
    stateFilter: anyOfNames(stateNames),
    withStates: stateNames.length > 0,
    ...labelFilters(labelNames),
    withLabels: labelNames.length > 0,
  };
}

const nothing = { nodes: [] };

/** What was not wanted is not in the answer. */
export const issueDetailsSchema = z.object({
  ...trackedIssueShape,
  labels: listOf(labelSchema),
  comments: listOf(z.object({ id: z.string(), body: z.string() })).default(nothing),
  attachments: listOf(
    z.object({ url: z.string(), title: z.string(), subtitle: z.string().nullable() }),
  ).default(nothing),
  team: z.object({
    id: z.string(),
    states: listOf(stateSchema).default(nothing),
    labels: foundLabelsSchema.default(nothing),
  }),
});
export const workspaceLabelsSchema = foundLabelsSchema.default(nothing);

export function issueDetailsOf(
  issue: z.infer<typeof issueDetailsSchema>,
  workspaceLabels: z.infer<typeof workspaceLabelsSchema>,
): IssueDetails {
  const { attachments, comments, labels, team } = issue;
  return {
    ...trackedIssueOf(issue),
    teamId: team.id,
    labels: labels.nodes,
    comments: comments.nodes,
    attachments: attachments.nodes,
    states: team.states.nodes,
    availableLabels: usableLabels(team.labels, workspaceLabels),
  };
}
