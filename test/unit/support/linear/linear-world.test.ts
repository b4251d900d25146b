import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ask } from '../../../support/linear/ask.ts';
import { startLinearServer } from '../../../support/linear/linear-server.ts';

const titles = (count: number) => Array.from({ length: count }, (_, i) => `Issue ${i + 1}`);

describe('issues of the Linear of tests', () => {
  it('come in pages, newest first', async () => {
    const server = await startLinearServer({ issues: titles(5) });
    const query = `query($after: String) {
      issues(first: 2, after: $after) {
        nodes { identifier } pageInfo { hasNextPage endCursor }
      }
    }`;
    const pages = [];
    let after: unknown;
    for (let page = 0; page < 3; page += 1) {
      const { data } = await ask(server, query, { variables: { after } });
      pages.push(data?.['issues']);
      after = Object(data)?.issues.pageInfo.endCursor;
    }
    expect(pages).toMatchObject([
      { nodes: [{ identifier: 'ENG-5' }, { identifier: 'ENG-4' }] },
      { nodes: [{ identifier: 'ENG-3' }, { identifier: 'ENG-2' }] },
      { nodes: [{ identifier: 'ENG-1' }], pageInfo: { hasNextPage: false } },
    ]);
  });

  it.each([
    ['a label', { labels: { some: { name: { eqIgnoreCase: 'Component-Analysis' } } } }, ['ENG-2']],
    ['a label, shorter', { labels: { name: { eq: 'component-analysis' } } }, ['ENG-2']],
    ['the parent', { parent: { id: { eq: 'parent' } } }, ['ENG-3']],
    ['no parent', { parent: { null: true } }, ['ENG-2', 'ENG-1']],
    ['the team', { team: { key: { eq: 'OPS' } } }, []],
    ['the state', { state: { type: { in: ['unstarted'] } } }, ['ENG-3', 'ENG-2', 'ENG-1']],
    [
      'either',
      { or: [{ title: { eq: 'Issue 1' } }, { title: { contains: '2' } }] },
      ['ENG-2', 'ENG-1'],
    ],
    ['a time', { updatedAt: { gt: '2099-01-01T00:00:00.000Z' } }, []],
  ])('are found by %s', async (_, filter, expected) => {
    const server = await startLinearServer({ issues: titles(2) });
    server.act.label('ENG-2', 'component-analysis');
    const parentId = server.issue('ENG-1').id;
    server.act.createIssue({ title: 'Child', parentId });
    const variables = JSON.parse(JSON.stringify({ filter }).replace('"parent"}', `"${parentId}"}`));
    const query =
      'query($filter: IssueFilter) { issues(filter: $filter) { nodes { identifier } } }';
    const { data } = await ask(server, query, { variables });
    expect(data).toEqual({ issues: { nodes: expected.map((identifier) => ({ identifier })) } });
    expect(server.violations).toEqual([]);
  });

  it('say who changed what, newest first, and when they were done', async () => {
    const server = await startLinearServer();
    server.act.move('ENG-1', 'In Progress', { by: 'integration' });
    server.act.label('ENG-1', 'component-analysis', { by: 'bob' });
    server.act.move('ENG-1', 'Done', { by: 'external' });
    const { data } = await ask(
      server,
      `{ issue(id: "ENG-1") { completedAt startedAt history(first: 10) { nodes {
        actor { name app guest } botActor { type userDisplayName }
        addedLabels { name } toState { name }
      } } } }`,
    );
    expect(data).toMatchObject({
      issue: {
        completedAt: expect.any(String),
        startedAt: expect.any(String),
        history: {
          nodes: [
            {
              actor: null,
              botActor: { userDisplayName: 'Eve Elsewhere' },
              toState: { name: 'Done' },
            },
            {
              actor: { name: 'Bob Stone', app: false, guest: false },
              botActor: null,
              addedLabels: [{ name: 'component-analysis' }],
            },
            { actor: null, botActor: { type: 'slack' }, toState: { name: 'In Progress' } },
          ],
        },
      },
    });
  });

  it('group what one person does within a time, where that is wanted', async () => {
    let now = Date.parse('2026-11-22T10:00:00.000Z');
    const server = await startLinearServer({ now: () => now, groupHistoryMs: 60_000 });
    const [wanted, other] = server.world.labels;
    server.act.label('ENG-1', 'component-analysis');
    now += 30_000;
    server.act.rename('ENG-1', 'Once');
    server.act.rename('ENG-1', 'Twice');
    server.act.unlabel('ENG-1', 'component-analysis');
    server.act.label('ENG-1', 'analysed');
    server.act.label('ENG-1', 'component-analysis', { by: 'bob' });
    const { data } = await ask(
      server,
      `{ issue(id: "ENG-1") { history { nodes {
        createdAt updatedAt addedLabelIds removedLabelIds fromTitle toTitle
      } } } }`,
    );
    expect(data).toMatchObject({
      issue: {
        history: {
          nodes: [
            { addedLabelIds: [wanted?.id], fromTitle: null },
            {
              createdAt: '2026-11-22T10:00:00.001Z',
              updatedAt: '2026-11-22T10:00:30.003Z',
              addedLabelIds: [other?.id],
              removedLabelIds: null,
              fromTitle: 'Analyse orders',
              toTitle: 'Twice',
            },
          ],
        },
      },
    });
  });

  it('are archived in the trash, and then left out of lists', async () => {
    const server = await startLinearServer();
    server.act.delegate('ENG-1', 'app');
    server.act.trash('ENG-1');
    const { data } = await ask(
      server,
      `{ issues { nodes { id } } all: issues(includeArchived: true) { nodes {
        trashed delegate { name } history { nodes { trashed archived toDelegate { name } } }
      } } }`,
    );
    expect(data).toMatchObject({
      issues: { nodes: [] },
      all: {
        nodes: [
          {
            trashed: true,
            delegate: { name: 'cicd' },
            history: {
              nodes: [{ trashed: true, archived: true }, { toDelegate: { name: 'cicd' } }],
            },
          },
        ],
      },
    });
  });

  it('change by requests as Linear changes them', async () => {
    const server = await startLinearServer();
    const label = server.world.labels[0]?.id;
    const state = server.world.teams[0]?.states.find(({ name }) => name === 'In Progress')?.id;
    const before = server.issue('ENG-1').updatedAt;
    const update =
      'mutation($input: IssueUpdateInput!) { issueUpdate(id: "ENG-1", input: $input) { success } }';
    const change = { stateId: state, addedLabelIds: [label] };
    await ask(server, update, { variables: { input: change } });
    expect(server.issue('ENG-1')).toMatchObject({
      state: 'In Progress',
      labels: ['component-analysis'],
    });
    const after = server.issue('ENG-1').updatedAt;
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
    await ask(server, update, { variables: { input: change } });
    expect(server.issue('ENG-1').updatedAt).toBe(after);
    await ask(server, update, { variables: { input: { removedLabelIds: [label] } } });
    expect(server.issue('ENG-1').labels).toEqual([]);
    const foreign = await ask(server, update, { variables: { input: { stateId: randomUUID() } } });
    expect(foreign.errors).toMatchObject([{ message: 'Entity not found: WorkflowState' }]);
  });

  it('have one attachment an address, which the second time changes', async () => {
    const server = await startLinearServer();
    const attach = (title: string) =>
      ask(
        server,
        `mutation($title: String!) { attachmentCreate(input:
          { issueId: "ENG-1", url: "https://cicd.example/runs/1", title: $title }) { success } }`,
        { variables: { title } },
      );
    await attach('Running');
    await attach('Done');
    expect(server.issue('ENG-1').attachments).toEqual([
      { url: 'https://cicd.example/runs/1', title: 'Done', subtitle: null },
    ]);
    expect(server.duplicates).toEqual([]);
  });

  it('lose comments that people delete, and keep those of others as they are', async () => {
    const server = await startLinearServer();
    server.act.comment('ENG-1', 'Mine', { by: 'bob' });
    const id = server.issue('ENG-1').comments[0]?.id ?? '';
    const update =
      'mutation($id: String!) { commentUpdate(id: $id, input: { body: "x" }) { success } }';
    const ofOthers = await ask(server, update, { variables: { id } });
    expect(ofOthers.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    server.act.deleteComment(id);
    const gone = await ask(server, update, { variables: { id } });
    expect(gone.errors).toMatchObject([{ message: 'Entity not found: Comment' }]);
    const found = await ask(server, '{ comments { nodes { id } } }');
    expect(found.data).toEqual({ comments: { nodes: [] } });
  });
});
