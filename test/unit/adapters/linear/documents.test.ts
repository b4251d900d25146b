import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { adminDocuments } from '../../../../lib/adapters/linear/admin.ts';
import { sessionDocuments } from '../../../../lib/adapters/linear/agent-sessions.ts';
import { changeQuestion, commentDocument } from '../../../../lib/adapters/linear/change-issue.ts';
import {
  changedIssuesDocument,
  issueHistoryDocument,
} from '../../../../lib/adapters/linear/polled-issue.ts';
import {
  childrenDocument,
  issueDocument,
  issueWithChildrenDocument,
} from '../../../../lib/adapters/linear/read-issue.ts';
import {
  activityDocument,
  sessionQuestion,
} from '../../../../lib/adapters/linear/show-in-session.ts';
import { teamDocuments } from '../../../../lib/adapters/linear/teams.ts';
import { webhookDocuments } from '../../../../lib/adapters/linear/webhooks.ts';
import { complexityOf, maxComplexity } from '../../../support/linear/complexity.ts';
import { linearSchema } from '../../../support/linear/schema.ts';

const { document: changeDocument } = changeQuestion([
  { kind: 'create-comment', id: 'c1', issueId: 'i1', body: 'x' },
  { kind: 'update-comment', id: 'c2', body: 'x' },
  { kind: 'attach', issueId: 'i1', url: 'https://example.com', title: 'x', subtitle: 'x' },
  { kind: 'add-label', issueId: 'i1', labelId: 'l1' },
  { kind: 'move', issueId: 'i1', stateId: 's1' },
]);

const { document: sessionDocument } = sessionQuestion({
  session: 's1',
  news: {
    activity: { id: 'a1', kind: 'thought', body: 'x' },
    plan: [],
    link: { label: 'Run', url: 'https://example.com' },
  },
});

const documents = {
  ...adminDocuments,
  ...teamDocuments,
  activityDocument,
  changeDocument,
  changedIssuesDocument,
  childrenDocument,
  commentDocument,
  issueDocument,
  issueHistoryDocument,
  issueWithChildrenDocument,
  sessionDocument,
  ...Object.fromEntries(
    Object.entries(sessionDocuments).map(([name, document]) => [`sessions: ${name}`, document]),
  ),
  ...Object.fromEntries(
    Object.entries(webhookDocuments).map(([name, document]) => [`webhooks: ${name}`, document]),
  ),
};

describe.each(Object.entries(documents))('the document %s', (_, document) => {
  test("is one that Linear's schema knows", () => {
    expect(validate(linearSchema(), parse(document)).map(({ message }) => message)).toEqual([]);
  });

  test('costs less than Linear allows for one request', () => {
    expect(complexityOf(parse(document), {})).toBeLessThan(maxComplexity);
  });
});

test('reading one issue costs little', () => {
  const variables = { commentCount: 2, urlCount: 1 };
  expect(complexityOf(parse(issueDocument), variables)).toBeLessThan(200);
});
