import { describe, expect, test } from 'vitest';
import { decideDispatch } from '../../../../lib/domain/dispatch/decide.ts';
import type { Decision } from '../../../../lib/domain/dispatch/decision.ts';
import {
  buildComponent,
  buildDispatchContext,
  buildPush,
  pushedCommit,
} from '../../../builders/events.ts';

const context = buildDispatchContext();

const ignored = (reason: string): Decision[] => [{ kind: 'ignored', reason }];

function componentsOf(decisions: readonly Decision[]): unknown[] {
  return decisions.map((decision) => decision.kind === 'run' && decision.input);
}

test('a push to the default branch starts an analysis of the component that it touches', () => {
  expect(decideDispatch(buildPush(), context)).toEqual([
    {
      kind: 'run',
      flow: 'component-analysis',
      name: expect.stringMatching(/^component-analysis-[0-9a-f]{40}$/),
      input: {
        repository: 'acme/shop',
        component: 'orders',
        paths: ['orders/**'],
        source: { kind: 'folder', path: '/src/shop' },
        origin: { kind: 'push', ref: 'refs/heads/main', commit: pushedCommit },
      },
      reason: 'aaaaaaa was pushed to main of acme/shop',
    },
  ]);
});

test('a push that touches several components starts one run for each, each named apart', () => {
  const decisions = decideDispatch(
    buildPush({ changedPaths: ['web/a.ts', 'orders/b.py'] }),
    context,
  );
  expect(componentsOf(decisions)).toMatchObject([{ component: 'orders' }, { component: 'web' }]);
  expect(new Set(decisions.map((decision) => decision.kind === 'run' && decision.name)).size).toBe(
    2,
  );
});

test('every push has runs of its own, also where it leads to a commit that was there before', () => {
  const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
  const branches = onBranches(null, 'release');
  const pushes = [
    { before: null, after: a },
    { before: a, after: b },
    { before: b, after: a },
    { before: a, after: b, round: 2 },
    { before: null, after: a, ref: 'refs/heads/release' },
  ];
  const names = pushes.flatMap((push) =>
    decideDispatch(buildPush(push), branches).map((it) => it.kind === 'run' && it.name),
  );
  expect(new Set(names).size).toBe(pushes.length);
});

test('a push whose paths are not told counts as touching every component', () => {
  const decisions = decideDispatch(buildPush({ changedPaths: null }), context);
  expect(componentsOf(decisions)).toMatchObject([{ component: 'orders' }, { component: 'web' }]);
  expect(decisions[0]?.reason).toContain('does not list all its files');
});

test('a push by a bot counts like one by a person', () => {
  const byBot = buildPush({}, { sender: { login: 'merge-queue[bot]', type: 'Bot' } });
  expect(decideDispatch(byBot, context)).toEqual(decideDispatch(buildPush(), context));
});

test('the name of the repository is compared without case, the configured one is kept', () => {
  const push = buildPush({}, { repository: { name: 'Acme/Shop', defaultBranch: 'main' } });
  expect(componentsOf(decideDispatch(push, context))).toMatchObject([{ repository: 'acme/shop' }]);
});

test('only components of repositories that ask for it are analysed', () => {
  const both = buildDispatchContext({
    components: [
      buildComponent('orders'),
      buildComponent('orders', { repository: 'acme/other' }),
      buildComponent('orders', { onPush: false, source: { kind: 'folder', path: '/src/copy' } }),
    ],
  });
  expect(componentsOf(decideDispatch(buildPush(), both))).toMatchObject([
    { repository: 'acme/shop', source: { path: '/src/shop' } },
  ]);
});

test.each([
  ['another branch', { ref: 'refs/heads/fix' }, 'refs/heads/fix is not the default branch, main'],
  ['a tag', { ref: 'refs/tags/main' }, 'refs/tags/main is not the default branch, main'],
  ['a deleted branch', { deleted: true }, 'refs/heads/main was deleted'],
  [
    'no component',
    { changedPaths: ['README.md'] },
    'the push to acme/shop touches no configured component',
  ],
  ['no path at all', { changedPaths: [] }, 'the push to acme/shop touches no configured component'],
  ['no commit', { after: '' }, 'the payload does not hold a push'],
  ['what is no commit', { after: 'main' }, 'the payload does not hold a push'],
])('a push of %s is ignored', (_what, push, reason) => {
  expect(decideDispatch(buildPush(push), context)).toEqual(ignored(reason));
});

test('a push to a repository that is not configured, or does not ask for it, is ignored', () => {
  const elsewhere = buildPush({}, { repository: { name: 'acme/x', defaultBranch: 'main' } });
  expect(decideDispatch(elsewhere, context)).toEqual(ignored('acme/x is not configured'));

  const silent = buildDispatchContext({
    components: [buildComponent('orders', { onPush: false })],
  });
  expect(decideDispatch(buildPush(), silent)).toEqual(
    ignored('analyseOnPush is not set for acme/shop'),
  );
});

test('a push that names no repository or no default branch is ignored', () => {
  expect(decideDispatch(buildPush({}, { repository: null }), context)).toEqual(
    ignored('the payload does not hold a push'),
  );
  const unknown = buildPush({}, { repository: { name: 'acme/shop', defaultBranch: null } });
  expect(decideDispatch(unknown, context)).toEqual(
    ignored('the payload does not tell the default branch'),
  );
});

const github = (ref: string | null) => ({ kind: 'github', repository: 'acme/shop', ref }) as const;

const onBranches = (...refs: (string | null)[]) =>
  buildDispatchContext({
    components: refs.map((ref) => buildComponent('orders', { source: github(ref) })),
  });

describe('components that are read from GitHub', () => {
  test('are analysed as they were pushed, on the ref that is configured', () => {
    expect(componentsOf(decideDispatch(buildPush(), onBranches(null)))).toMatchObject([
      { source: { ...github(null), atCommit: pushedCommit } },
    ]);
  });

  test('are analysed when their own branch is pushed, and then only', () => {
    const develop = buildPush({ ref: 'refs/heads/develop' });
    const both = onBranches(null, 'develop');
    expect(componentsOf(decideDispatch(develop, both))).toMatchObject([
      { source: { ...github('develop'), atCommit: pushedCommit } },
    ]);
    expect(componentsOf(decideDispatch(buildPush(), both))).toMatchObject([
      { source: { ...github(null), atCommit: pushedCommit } },
    ]);
    expect(decideDispatch(buildPush({ ref: 'refs/heads/fix' }), both)).toEqual(
      ignored('refs/heads/fix is not among the branches that are analysed: main, develop'),
    );
  });

  test('of a tag or commit are analysed at no push', () => {
    const tagged = buildPush({ ref: 'refs/tags/v1' });
    expect(decideDispatch(tagged, onBranches('v1'))).toEqual(
      ignored('refs/tags/v1 is not among the branches that are analysed: v1'),
    );
  });

  test('of a named branch need no default branch in the payload', () => {
    const repository = { name: 'acme/shop', defaultBranch: null };
    const push = buildPush({ ref: 'refs/heads/develop' }, { repository });
    expect(decideDispatch(push, onBranches('develop'))).toMatchObject([{ kind: 'run' }]);
  });
});
