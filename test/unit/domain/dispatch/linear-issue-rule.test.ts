import { describe, expect, test } from 'vitest';
import { decideDispatch } from '../../../../lib/domain/dispatch/decide.ts';
import { unknownComponentInputSchema } from '../../../../lib/flows/component-analysis/input.ts';
import type { Decision } from '../../../../lib/domain/dispatch/decision.ts';
import {
  analysisLabel,
  buildComponent,
  buildDispatchContext,
  buildEvent,
  buildIssueEvent,
  buildIssueUpdate,
} from '../../../builders/events.ts';

const context = buildDispatchContext();
const ignored = (reason: string): Decision[] => [{ kind: 'ignored', reason }];
const aRun = [expect.objectContaining({ kind: 'run', flow: 'component-analysis' })];

test('a new issue with the label starts an analysis of the component that its title names', () => {
  const updatedAt = '2026-11-22T10:00:00.000Z';
  const issue = { id: 'issue-1', identifier: 'ENG-7', title: 'Please analyse orders!', updatedAt };
  expect(decideDispatch(buildIssueEvent(issue), context)).toEqual([
    {
      kind: 'run',
      flow: 'component-analysis',
      name: expect.stringMatching(/^component-analysis-[0-9a-f]{40}$/),
      input: {
        repository: 'acme/shop',
        component: 'orders',
        paths: ['orders/**'],
        source: { kind: 'folder', path: '/src/shop' },
        origin: { kind: 'linear-issue', id: 'issue-1', identifier: 'ENG-7' },
        agents: true,
      },
      reason: 'ENG-7 was created with the label component-analysis',
      ask: {
        issueId: 'issue-1',
        repository: 'acme/shop',
        component: 'orders',
        askedAt: updatedAt,
      },
    },
  ]);
});

test('of very many components those are told that the title may mean, or a part of all', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => buildComponent(`part-${index}`));
  const components = [...many, buildComponent('a/lib'), buildComponent('b/lib')];
  const knownFor = (title: string): unknown => {
    const [run] = decideDispatch(buildIssueEvent({ title }), buildDispatchContext({ components }));
    return run?.kind === 'run' && unknownComponentInputSchema.parse(run.input).known;
  };
  expect(knownFor('Analyse lib')).toEqual(['a/lib', 'b/lib']);
  expect(knownFor('Analyse the basement')).toHaveLength(400);
});

test('an issue about an unknown component starts a run that can name the known ones', () => {
  const components = [
    buildComponent('orders'),
    buildComponent('web'),
    buildComponent('web', { repository: 'acme/mail' }),
  ];
  const decisions = decideDispatch(
    buildIssueEvent({ title: 'Analyse the basement' }),
    buildDispatchContext({ components }),
  );
  expect(decisions).toMatchObject([
    {
      kind: 'run',
      flow: 'component-analysis',
      input: {
        kind: 'unknown-component',
        wanted: 'Analyse the basement',
        known: ['orders', 'acme/shop/web', 'acme/mail/web'],
        origin: { kind: 'linear-issue', identifier: 'ENG-7' },
      },
    },
  ]);
});

const componentIn = (decisions: Decision[]) =>
  decisions.map((one) => one.kind === 'run' && one.input);

describe('the mapping of the configuration', () => {
  const mapped = buildDispatchContext({ componentOfIssue: { 'ENG-7': 'acme/shop/web' } });

  test('goes before the title', () => {
    expect(componentIn(decideDispatch(buildIssueEvent(), mapped))).toMatchObject([
      { component: 'web' },
    ]);
  });

  test('knows an issue by an identifier that it had before it moved', () => {
    const moved = { identifier: 'OPS-1', previousIdentifiers: ['ENG-7'] };
    expect(componentIn(decideDispatch(buildIssueEvent(moved), mapped))).toMatchObject([
      { component: 'web' },
    ]);
  });

  test('is not asked for what every object has', () => {
    const odd = buildIssueEvent({ identifier: 'constructor', previousIdentifiers: ['__proto__'] });
    expect(componentIn(decideDispatch(odd, mapped))).toMatchObject([{ component: 'orders' }]);
  });
});

test('the label is the configured one, and is compared without case', () => {
  const other = buildDispatchContext({ analysisLabel: 'Analyse Me' });
  const labelled = buildIssueEvent({ labels: [{ id: 'x', name: 'analyse me' }] });
  expect(decideDispatch(labelled, other)).toEqual(aRun);
  expect(decideDispatch(buildIssueEvent(), other)).toEqual(
    ignored('ENG-7 does not have the label Analyse Me'),
  );
});

test.each([
  [{ labels: [] }, 'ENG-7 does not have the label component-analysis'],
  [
    { labels: [{ id: 'x', name: 'component-analysis-done' }] },
    'ENG-7 does not have the label component-analysis',
  ],
  [{ closed: true }, 'ENG-7 is closed: reopen it to have it analysed'],
  [{ updatedAt: '' }, 'the payload does not tell when ENG-7 changed'],
])('an issue like %j is ignored', (issue, reason) => {
  expect(decideDispatch(buildIssueEvent(issue), context)).toEqual(ignored(reason));
});

test.each([
  [
    { login: 'Zapier', type: 'integration' },
    'ENG-7 was changed by integration: only users may ask',
  ],
  [{ login: 'cicd', type: 'oauthClient' }, 'ENG-7 was changed by oauthClient: only users may ask'],
  [null, 'the payload does not tell who changed ENG-7: only users may ask'],
])('a change by %j is ignored', (sender, reason) => {
  expect(decideDispatch(buildIssueEvent({}, { sender }), context)).toEqual(ignored(reason));
});

describe('an update', () => {
  const otherComponent = 'the title of ENG-7 names another component';
  test.each([
    ['assigneeId', buildIssueUpdate(['assigneeId'], { assigned: true }), 'ENG-7 was assigned'],
    ['delegateId', buildIssueUpdate(['delegateId'], { assigned: true }), 'ENG-7 was assigned'],
    ['completedAt', buildIssueUpdate(['completedAt', 'stateId']), 'ENG-7 was reopened'],
    ['canceledAt', buildIssueUpdate(['canceledAt']), 'ENG-7 was reopened'],
    ['archivedAt', buildIssueUpdate(['archivedAt']), 'ENG-7 was reopened'],
    ['trashed', buildIssueUpdate(['trashed']), 'ENG-7 was reopened'],
    ['title', buildIssueUpdate(['title'], { previousTitle: 'Analyse web' }), otherComponent],
    ['title', buildIssueUpdate(['title'], { previousTitle: 'Analyse it' }), otherComponent],
  ])('of %s asks for an analysis, and says why', (_field, event, reason) => {
    expect(decideDispatch(event, context)).toEqual([
      expect.objectContaining({ kind: 'run', flow: 'component-analysis', reason }),
    ]);
  });

  test.each([
    ['the label is new', ['label-0'], aRun],
    [
      'another label is new',
      ['label-0', analysisLabel.id],
      ignored('the change of ENG-7 (labelIds) does not ask for an analysis'),
    ],
  ])('where %s', (_what, previousLabelIds, expected) => {
    const labels = [analysisLabel, { id: 'label-0', name: 'bug' }];
    const changes = { fields: ['labelIds'], previousTitle: null, previousLabelIds };
    const event = buildIssueEvent({ labels, changes }, { type: 'Issue.update' });
    expect(decideDispatch(event, context)).toEqual(expected);
  });

  test.each([
    ['of other fields', buildIssueUpdate(['priority', 'sortOrder']), 'priority, sortOrder'],
    ['that takes the assignee away', buildIssueUpdate(['assigneeId']), 'assigneeId'],
    [
      'of the title about the same component',
      buildIssueUpdate(['title'], { previousTitle: 'ORDERS please' }),
      'title',
    ],
    [
      'of the title to no known component',
      buildIssueUpdate(['title'], { title: 'Analyse it', previousTitle: 'Analyse orders' }),
      'title',
    ],
  ])('%s is ignored', (_what, event, fields) => {
    expect(decideDispatch(event, context)).toEqual(
      ignored(`the change of ENG-7 (${fields}) does not ask for an analysis`),
    );
  });

  test('of the title is ignored where the configuration says the component', () => {
    const event = buildIssueUpdate(['title'], { previousTitle: 'Analyse web' });
    const mapped = buildDispatchContext({ componentOfIssue: { 'ENG-7': 'web' } });
    expect(decideDispatch(event, mapped)).toEqual(
      ignored('the change of ENG-7 (title) does not ask for an analysis'),
    );
  });

  test('that closes the issue is ignored', () => {
    const event = buildIssueUpdate(['completedAt'], { closed: true });
    expect(decideDispatch(event, context)).toEqual(
      ignored('ENG-7 is closed: reopen it to have it analysed'),
    );
  });

  test('that does not tell what changed is ignored', () => {
    const event = buildIssueEvent({ changes: null }, { type: 'Issue.update' });
    expect(decideDispatch(event, context)).toEqual(
      ignored('the payload does not tell what changed in ENG-7'),
    );
  });
});

test('a payload without an issue is ignored', () => {
  const event = buildEvent({ source: 'linear', type: 'Issue.update' });
  expect(decideDispatch(event, context)).toEqual(ignored('the payload does not hold the issue'));
});

test('a GitHub event that is named like one of Linear is none', () => {
  const event = { ...buildIssueEvent(), source: 'github' as const };
  expect(decideDispatch(event, context)).toEqual(ignored('nothing listens to Issue.create'));
});
