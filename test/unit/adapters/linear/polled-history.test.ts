import { expect, test } from 'vitest';
import { requestsIn } from '../../../../lib/adapters/linear/polled-history.ts';
import type { PolledEntry, PolledIssue } from '../../../../lib/adapters/linear/polled-issue.ts';

const ada = { id: 'user-ada', name: 'Ada Lovelace', app: false };
const app = { id: 'user-app', name: 'cicd', app: true };

/** @param minute after ten o'clock */
function at(minute: number): string {
  return new Date(Date.parse('2026-11-22T10:00:00.000Z') + minute * 60_000).toISOString();
}

function polledIssue(changes: Partial<PolledIssue> = {}): PolledIssue {
  return {
    id: 'issue-1',
    identifier: 'ENG-1',
    title: 'Analyse orders',
    url: 'https://linear.app/acme/issue/ENG-1',
    createdAt: at(-60),
    updatedAt: at(9),
    completedAt: null,
    canceledAt: null,
    archivedAt: null,
    trashed: null,
    closed: false,
    state: { id: 'state-1', name: 'Todo', type: 'unstarted' },
    previousIdentifiers: [],
    assignee: null,
    delegate: null,
    creator: ada,
    botActor: null,
    externalUserCreator: null,
    labels: [{ id: 'analysis', name: 'component-analysis' }],
    history: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    ...changes,
  };
}

function entry(minute: number, changes: Partial<PolledEntry>): PolledEntry {
  return {
    id: `entry-${minute}`,
    createdAt: at(minute),
    updatedAt: at(minute),
    addedLabelIds: null,
    removedLabelIds: null,
    fromTitle: null,
    toTitle: null,
    fromAssigneeId: null,
    toAssigneeId: null,
    fromDelegate: null,
    toDelegate: null,
    fromState: null,
    toState: null,
    archived: null,
    trashed: null,
    actor: ada,
    botActor: null,
    ...changes,
  };
}

const since = Date.parse(at(0));

test('a label that came later was not there before', () => {
  const issue = polledIssue({
    labels: [
      { id: 'analysis', name: 'component-analysis' },
      { id: 'bug', name: 'bug' },
    ],
  });
  const history = [
    entry(1, { addedLabelIds: ['bug'] }),
    entry(2, { addedLabelIds: ['analysis'] }),
    entry(3, { removedLabelIds: ['analysis'] }),
    entry(4, { addedLabelIds: ['analysis'] }),
  ];
  const told = requestsIn(issue, history, since).map(({ issue: { changes, labels } }) => [
    labels.map(({ id }) => id),
    changes?.previousLabelIds,
  ]);
  expect(told).toEqual([
    [['bug'], []],
    [['analysis', 'bug'], ['bug']],
    [['bug'], ['bug']],
    [['analysis', 'bug'], ['bug']],
  ]);
});

test('the order in which Linear tells the history does not matter', () => {
  const history = [
    entry(1, { fromTitle: 'First', toTitle: 'Second' }),
    entry(2, { fromTitle: 'Second', toTitle: 'Third' }),
  ];
  const told = requestsIn(polledIssue({ title: 'Third' }), history, since);
  expect(told).toEqual(requestsIn(polledIssue({ title: 'Third' }), history.toReversed(), since));
  expect(told.map(({ issue }) => [issue.changes?.previousTitle, issue.title])).toEqual([
    ['First', 'Second'],
    ['Second', 'Third'],
  ]);
});

test.each([
  [
    'from completed',
    { fromState: { type: 'completed' }, toState: { type: 'started' } },
    'completedAt',
  ],
  [
    'from cancelled',
    { fromState: { type: 'canceled' }, toState: { type: 'started' } },
    'canceledAt',
  ],
  ['out of the archive', { archived: false }, 'archivedAt'],
  ['out of the trash', { trashed: false }, 'trashed'],
] as const)('an issue that came back %s says so', (_, change, field) => {
  const [request] = requestsIn(polledIssue(), [entry(1, change)], since);
  expect(request?.issue.closed).toBe(false);
  expect(request?.issue.changes?.fields).toContain(field);
});

test('an issue that was closed in between was closed then', () => {
  const history = [
    entry(1, { fromState: { type: 'started' }, toState: { type: 'completed' } }),
    entry(2, { addedLabelIds: ['analysis'] }),
    entry(3, { fromState: { type: 'completed' }, toState: { type: 'started' } }),
  ];
  const told = requestsIn(polledIssue(), history, since);
  expect(told.map(({ issue }) => issue.closed)).toEqual([true, true, false]);
});

test('who it is delegated to counts as an assignment', () => {
  const issue = polledIssue({ delegate: { id: 'user-app' } });
  const [request] = requestsIn(issue, [entry(1, { toDelegate: { id: 'user-app' } })], since);
  expect(request?.issue).toMatchObject({ assigned: true, changes: { fields: ['delegateId'] } });
});

test('what was added to an entry later is told, under the time of the entry', () => {
  const grown = entry(-5, { updatedAt: at(1), addedLabelIds: ['analysis'] });
  const [request] = requestsIn(polledIssue(), [grown], since);
  expect(request?.issue.updatedAt).toBe(at(-5));
});

test('entries of apps, of bots and of nobody are not told, but undone', () => {
  const history = [
    entry(1, { fromTitle: 'First' }),
    entry(2, { actor: app, fromTitle: 'Second' }),
    entry(3, { botActor: { type: 'github' }, fromTitle: 'Third' }),
    entry(4, { actor: null, fromTitle: 'Fourth' }),
  ];
  const told = requestsIn(polledIssue({ title: 'Fifth' }), history, since);
  expect(told.map(({ issue }) => issue.title)).toEqual(['Second']);
});

test.each([
  ['an app', { creator: app }],
  ['an integration', { creator: null, botActor: { type: 'github' } }],
  ['an external user', { externalUserCreator: { id: 'external-1' } }],
  ['somebody long ago', { createdAt: at(-1) }],
])('an issue made by %s is not told', (_, changes) => {
  const issue = polledIssue({ createdAt: at(1), ...changes });
  expect(requestsIn(issue, [], since)).toEqual([]);
});

test('who has an e-mail address for a name is called by the id', () => {
  const creator = { ...ada, name: 'ada@example.com' };
  const [request] = requestsIn(polledIssue({ createdAt: at(1), creator }), [], since);
  expect(request?.sender).toEqual({ login: 'user-ada', type: 'user' });
});
