import { z } from 'zod';
import type {
  IssueDetails,
  TrackedIssue,
  TrackerCall,
  WantedDetails,
} from '../../ports/issue-tracker.ts';
import {
  labelSchema,
  listOf,
  pageOf,
  stateSchema,
  trackedIssueFields,
  trackedIssueOf,
  trackedIssueShape,
} from './issue-shapes.ts';
import { answered, type LinearRequests } from './requests.ts';
import { anyOfNames, foundLabelsSchema, labelFields, labelsOfTeam } from './team-labels.ts';

const detailsFields = `
  ${trackedIssueFields}
  labels(first: 100) { nodes { id name } }
  comments(first: 50, filter: { id: { in: $commentIds } }) @include(if: $withComments) {
    nodes { id body }
  }
  attachments(first: 50, filter: { url: { in: $urls } }) @include(if: $withAttachments) {
    nodes { url title subtitle }
  }
  team {
    id
    states(first: 50, filter: $stateFilter) @include(if: $withStates) { nodes { id name type } }
  }`;

const variablesText = `$issue: String!, $commentIds: [ID!]!, $withComments: Boolean!,
  $urls: [String!]!, $withAttachments: Boolean!, $stateFilter: WorkflowStateFilter!,
  $withStates: Boolean!, $labelFilter: IssueLabelFilter!, $withLabels: Boolean!`;

const labelsField = `issueLabels(first: 250, filter: $labelFilter) @include(if: $withLabels) { ${labelFields} }`;

export const issueDocument = `query Issue(${variablesText}) {
  issue(id: $issue) {${detailsFields}
  }
  ${labelsField}
}`;

const childrenField = `children(first: 250, after: $after, orderBy: createdAt) {
    nodes { ${trackedIssueFields} }
    pageInfo { hasNextPage endCursor }
  }`;

export const issueWithChildrenDocument = `query IssueWithChildren(${variablesText}, $after: String) {
  issue(id: $issue) {${detailsFields}
  ${childrenField}
  }
  ${labelsField}
}`;

export const childrenDocument = `query Children($issue: String!, $after: String) {
  issue(id: $issue) {
  ${childrenField}
  }
}`;

const nothing = { nodes: [] };

const detailsSchema = z.object({
  ...trackedIssueShape,
  labels: listOf(labelSchema),
  comments: listOf(z.object({ id: z.string(), body: z.string() })).default(nothing),
  attachments: listOf(
    z.object({ url: z.string(), title: z.string(), subtitle: z.string().nullable() }),
  ).default(nothing),
  team: z.object({ id: z.string(), states: listOf(stateSchema).default(nothing) }),
});

const childrenSchema = pageOf(z.object(trackedIssueShape));

const issueSchema = z.object({
  issue: detailsSchema,
  issueLabels: foundLabelsSchema.default(nothing),
});
const issueWithChildrenSchema = z.object({
  issue: detailsSchema.extend({ children: childrenSchema }),
  issueLabels: foundLabelsSchema.default(nothing),
});

function variablesOf(issue: string, wanted: WantedDetails): Record<string, unknown> {
  return {
    issue,
    commentIds: wanted.commentIds,
    withComments: wanted.commentIds.length > 0,
    urls: wanted.attachmentUrls,
    withAttachments: wanted.attachmentUrls.length > 0,
    stateFilter: anyOfNames(wanted.stateNames),
    withStates: wanted.stateNames.length > 0,
    labelFilter: anyOfNames(wanted.labelNames),
    withLabels: wanted.labelNames.length > 0,
  };
}

function detailsOf({ issue, issueLabels }: z.infer<typeof issueSchema>): IssueDetails {
  const { team } = issue;
  return {
    ...trackedIssueOf(issue),
    teamId: team.id,
    labels: issue.labels.nodes,
    comments: issue.comments.nodes,
    attachments: issue.attachments.nodes,
    states: team.states.nodes,
    availableLabels: labelsOfTeam(issueLabels, team.id),
  };
}

/** An issue that is not there is an error of the field, and of nothing inside it. */
function isMissing(field: string | undefined): boolean {
  return field === 'issue';
}

export async function readIssue(
  requests: LinearRequests,
  { issue, wanted }: { issue: string; wanted: WantedDetails },
  call: TrackerCall,
): Promise<IssueDetails | undefined> {
  const variables = variablesOf(issue, wanted);
  const question = { document: issueDocument, variables, result: issueSchema };
  const reply = await requests.ask(question, call);
  if (reply.kind === 'refused' && isMissing(reply.field)) return undefined;
  return detailsOf(answered(reply));
}

/** More sub-issues than this are not looked at, in pages of 250. */
const maxPages = 8;

export async function readIssueWithChildren(
  requests: LinearRequests,
  { issue, wanted }: { issue: string; wanted: WantedDetails },
  call: TrackerCall,
): Promise<{ issue: IssueDetails; children: TrackedIssue[] } | undefined> {
  const variables = { ...variablesOf(issue, wanted), after: null };
  const question = {
    document: issueWithChildrenDocument,
    variables,
    result: issueWithChildrenSchema,
  };
  const reply = await requests.ask(question, call);
  if (reply.kind === 'refused' && isMissing(reply.field)) return undefined;
  const found = answered(reply);
  const nodes = [...found.issue.children.nodes];
  let { pageInfo } = found.issue.children;
  for (let page = 1; pageInfo.hasNextPage && page < maxPages; page += 1) {
    const next = await readChildren(requests, { issue, after: pageInfo.endCursor }, call);
    nodes.push(...next.nodes);
    ({ pageInfo } = next);
  }
  const children = nodes.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
  return { issue: detailsOf(found), children: children.map(trackedIssueOf) };
}

async function readChildren(
  requests: LinearRequests,
  variables: { issue: string; after: string | null },
  call: TrackerCall,
): Promise<z.infer<typeof childrenSchema>> {
  const result = z.object({ issue: z.object({ children: childrenSchema }) });
  const reply = await requests.ask({ document: childrenDocument, variables, result }, call);
  return answered(reply).issue.children;
}
