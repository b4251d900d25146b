import { expect, test } from 'vitest';
import { addIssue } from '../../support/linear/world.ts';
import { answerCall, linearUnderTest, nothingMore } from './linear-under-test.ts';

test('an issue is read with what was asked for of it, in one request', async () => {
  const { server, tracker } = await linearUnderTest();
  server.act.label('ENG-1', 'component-analysis');
  server.act.comment('ENG-1', 'Please look');
  server.act.comment('ENG-1', 'Another one');
  const [comment] = server.world.comments;
  const wanted = {
    commentIds: [comment?.id ?? '', 'c0ffee00-0000-4000-8000-000000000000'],
    attachmentUrls: ['https://example.com/runs/1'],
    stateNames: ['in progress', 'No such state'],
    labelNames: ['ANALYSED', 'no such label'],
  };

  const issue = await tracker.getIssue('ENG-1', wanted, answerCall);

  expect(issue).toMatchObject({
    identifier: 'ENG-1',
    title: 'Analyse orders',
    closed: false,
    state: { name: 'Todo', type: 'unstarted' },
    labels: [{ name: 'component-analysis' }],
    comments: [{ id: comment?.id, body: 'Please look' }],
    attachments: [],
    states: [{ name: 'In Progress', type: 'started' }],
    availableLabels: [{ name: 'analysed' }],
  });
  expect(server.requests).toHaveLength(1);
});

test('what was not asked for is not looked up', async () => {
  const { server, tracker } = await linearUnderTest();
  const issue = await tracker.getIssue('ENG-1', nothingMore, answerCall);
  expect(issue).toMatchObject({ comments: [], attachments: [], states: [], availableLabels: [] });
  expect(server.requests.map(({ fields }) => fields)).toEqual([['issue', 'issueLabels']]);
});

test('of labels with one name, that of another team is not among those it can get', async () => {
  const { server, tracker } = await linearUnderTest();
  const { teams, labels } = server.world;
  teams.push({ id: 'team-ops', key: 'OPS', name: 'Ops', states: [] });
  labels.push({
    id: 'label-ops',
    name: 'Analysed',
    teamId: 'team-ops',
  });
  labels.push({ id: 'label-all', name: 'analysed', teamId: null });

  const wanted = { ...nothingMore, labelNames: ['analysed'] };
  const issue = await tracker.getIssue('ENG-1', wanted, answerCall);

  const ids = issue?.availableLabels.map(({ id }) => id);
  expect(ids).toContain('label-all');
  expect(ids).not.toContain('label-ops');
  expect(ids).toHaveLength(2);
});

test.each(['ENG-99', 'c0ffee00-0000-4000-8000-000000000000'])(
  'there is no issue %s',
  async (issue) => {
    const { tracker } = await linearUnderTest();
    expect(await tracker.getIssue(issue, nothingMore, answerCall)).toBeUndefined();
    expect(await tracker.getIssueWithChildren(issue, nothingMore, answerCall)).toBeUndefined();
  },
);

test('an issue in the trash is closed', async () => {
  const { server, tracker } = await linearUnderTest();
  server.act.trash('ENG-1');
  expect(await tracker.getIssue('ENG-1', nothingMore, answerCall)).toMatchObject({ closed: true });
});

test('all sub-issues come in the order in which they were made, also more than one page', async () => {
  const start = Date.parse('2026-11-22T10:00:00.000Z');
  let now = start;
  const { server, tracker } = await linearUnderTest({ seed: { now: () => now } });
  const parentId = server.world.issues[0]?.id ?? '';
  for (let number = 1; number <= 260; number += 1) {
    now = start + number * 1_000;
    addIssue(server.world, { title: `Component ${number}`, parentId });
  }

  const found = await tracker.getIssueWithChildren('ENG-1', nothingMore, answerCall);

  const titles = found?.children.map(({ title }) => title);
  expect(titles).toHaveLength(260);
  expect(titles?.[0]).toBe('Component 1');
  expect(titles?.at(-1)).toBe('Component 260');
  expect(server.requests).toHaveLength(3);
});
