import { z } from 'zod';
import type {
  IssueDetails,
  TrackedIssue,
  TrackerCall,
  WantedDetails,
} from '../../ports/issue-tracker.ts';
import {
  detailsFields,
  detailsVariables,
  detailsVariablesOf,
  issueDetailsOf,
  issueDetailsSchema,
  workspaceLabelsField,
  workspaceLabelsSchema,
} from './issue-details.ts';
import { pageOf, trackedIssueFields, trackedIssueOf, trackedIssueShape } from './issue-shapes.ts';
import { answered, type LinearRequests, type Reply } from './requests.ts';

export const issueDocument = `query Issue(${detailsVariables}) {
  issue(id: $issue) {${detailsFields}
  }
  ${workspaceLabelsField}
}`;

const childrenField = `children(first: 100, after: $after, orderBy: createdAt) {
    nodes { ${trackedIssueFields} }
    pageInfo { hasNextPage endCursor }
  }`;

export const issueWithChildrenDocument = `query IssueWithChildren(
  ${detailsVariables}, $after: String
) {
  issue(id: $issue) {${detailsFields}
  ${childrenField}
  }
  ${workspaceLabelsField}
}`;

export const childrenDocument = `query Children($issue: String!, $after: String) {
  issue(id: $issue) {
  ${childrenField}
  }
}`;

const childrenSchema = pageOf(z.object(trackedIssueShape));

const issueSchema = z.object({ issue: issueDetailsSchema, issueLabels: workspaceLabelsSchema });
const issueWithChildrenSchema = z.object({
  issue: issueDetailsSchema.extend({ children: childrenSchema }),
  issueLabels: workspaceLabelsSchema,
});

/** An issue that is not there is an error of the field itself, not of something in it. */
function isMissing(reply: Reply<unknown>): boolean {
  return reply.kind === 'refused' && reply.field === 'issue';
}

interface WantedIssue {
  /** Id or identifier. */
  issue: string;
  wanted: WantedDetails;
}

export async function readIssue(
  requests: LinearRequests,
  { issue, wanted }: WantedIssue,
  call: TrackerCall,
): Promise<IssueDetails | undefined> {
  const variables = detailsVariablesOf(issue, wanted);
  const question = { document: issueDocument, variables, result: issueSchema };
  const reply = await requests.ask(question, call);
  if (isMissing(reply)) return undefined;
  const found = answered(reply);
  return issueDetailsOf(found.issue, found.issueLabels);
}

/** In pages of 100; further sub-issues are not looked at. */
const maxPages = 10;

export async function readIssueWithChildren(
  requests: LinearRequests,
  { issue, wanted }: WantedIssue,
  call: TrackerCall,
): Promise<{ issue: IssueDetails; children: TrackedIssue[] } | undefined> {
  const question = {
    document: issueWithChildrenDocument,
    variables: { ...detailsVariablesOf(issue, wanted), after: null },
    result: issueWithChildrenSchema,
  };
  const reply = await requests.ask(question, call);
  if (isMissing(reply)) return undefined;
  const found = answered(reply);
  const nodes = [...found.issue.children.nodes];
  let { pageInfo } = found.issue.children;
  for (let page = 1; pageInfo.hasNextPage && page < maxPages; page += 1) {
    const next = await readChildren(requests, { issue, after: pageInfo.endCursor }, call);
    nodes.push(...next.nodes);
    ({ pageInfo } = next);
  }
  const children = nodes.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  return {
    issue: issueDetailsOf(found.issue, found.issueLabels),
    children: children.map(trackedIssueOf),
  };
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
