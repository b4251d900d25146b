import { z } from 'zod';
import type { TrackerAdmin, TrackerIdentity } from '../../ports/tracker-admin.ts';
import { listOf } from './issue-shapes.ts';
import type { LinearBudget } from './rate-limit.ts';
import { answered, type LinearRequests, type Question } from './requests.ts';
import {
  foundLabelsSchema,
  labelFields,
  labelFilters,
  labelVariables,
  teamLabelsArguments,
  usableLabels,
  workspaceLabelsArguments,
} from './team-labels.ts';
import { createTeamAdmin } from './teams.ts';
import { createWebhookAdmin } from './webhooks.ts';

export const adminDocuments = {
  whoAmI: `query WhoAmI { viewer { name app admin owner } organization { name } }`,
  labels: `query Labels($team: String!, ${labelVariables}) {
    team(id: $team) { labels${teamLabelsArguments} { ${labelFields} } }
    issueLabels${workspaceLabelsArguments} { ${labelFields} }
  }`,
  label: `query Label($id: ID!) {
    issueLabels(first: 1, filter: { id: { eq: $id } }) { nodes { id } }
  }`,
  createLabel: `mutation CreateLabel($input: IssueLabelCreateInput!) {
    issueLabelCreate(input: $input) { success }
  }`,
  issue: `query MadeIssue($id: String!) { issue(id: $id) { id identifier url } }`,
  createIssue: `mutation CreateIssue($input: IssueCreateInput!) {
    issueCreate(input: $input) { success issue { id identifier url } }
  }`,
};

const identitySchema = z.object({
  viewer: z.object({
    name: z.string(),
    app: z.boolean(),
    admin: z.boolean(),
    owner: z.boolean(),
  }),
  organization: z.object({ name: z.string() }),
});
const labelsSchema = z.object({
  team: z.object({ labels: foundLabelsSchema }),
  issueLabels: foundLabelsSchema,
});
const anyLabelSchema = z.object({ issueLabels: listOf(z.object({ id: z.string() })) });
const createdLabelSchema = z.object({ issueLabelCreate: z.object({ success: z.literal(true) }) });
const madeIssueShape = z.object({ id: z.string(), identifier: z.string(), url: z.string() });
const madeIssueSchema = z.object({ issue: madeIssueShape });
const createdIssueSchema = z.object({ issueCreate: madeIssueSchema });

/** A person waits for it. */
const asking = { urgency: 'answer' } as const;

/** @param budget what the last answer has told of the quota */
export function createAdmin(
  requests: LinearRequests,
  budget: () => LinearBudget | undefined,
): TrackerAdmin {
  const ask = async <T>(question: Question<T>) => await requests.ask(question, asking);
  return {
    ...createTeamAdmin(requests),
    ...createWebhookAdmin(requests),
    whoAmI: async () => {
      const question = { document: adminDocuments.whoAmI, variables: {}, result: identitySchema };
      const { organization, viewer } = answered(await ask(question));
      const { admin, app, name, owner } = viewer;
      const isAdmin = admin || owner;
      return { name, isApp: app, isAdmin, workspace: organization.name, quota: quotaOf(budget()) };
    },
    findLabels: async (teamId, names) => {
      if (names.length === 0) return [];
      const variables = { team: teamId, ...labelFilters(names) };
      const document = adminDocuments.labels;
      const found = answered(await ask({ document, variables, result: labelsSchema }));
      return usableLabels(found.team.labels, found.issueLabels);
    },
    createLabel: async (label) => {
      const document = adminDocuments.createLabel;
      const result = createdLabelSchema;
      const reply = await ask({ document, variables: { input: label }, result });
      if (reply.kind === 'answered') return;
      const question = {
        document: adminDocuments.label,
        variables: { id: label.id },
        result: anyLabelSchema,
      };
      const { issueLabels } = answered(await ask(question));
      if (!issueLabels.nodes.some(({ id }) => id === label.id)) throw reply.error;
    },
    createIssue: async (issue) => {
      const document = adminDocuments.createIssue;
      const result = createdIssueSchema;
      const reply = await ask({ document, variables: { input: issue }, result });
      if (reply.kind === 'answered') return reply.data.issueCreate.issue;
      const variables = { id: issue.id };
      const known = await ask({
        document: adminDocuments.issue,
        variables,
        result: madeIssueSchema,
      });
      if (known.kind === 'answered') return known.data.issue;
      throw reply.error;
    },
  };
}

function quotaOf(budget: LinearBudget | undefined): TrackerIdentity['quota'] {
  const requests = budget?.requests ?? null;
  if (requests === null) return null;
  const { limit, remaining, resetsAt } = requests;
  return { limit, remaining, resetsAt: new Date(resetsAt).toISOString() };
}
