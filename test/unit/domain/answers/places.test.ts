import { expect, test } from 'vitest';
import { describePlace } from '../../../../lib/domain/answers/place.ts';
import { placesOf, type GithubReport } from '../../../../lib/domain/answers/places.ts';
import type { Origin } from '../../../../lib/domain/origin.ts';
import type { Source } from '../../../../lib/domain/source.ts';

const commit = 'a'.repeat(40);
const issue: Origin = { kind: 'linear-issue', id: 'issue-1', identifier: 'ENG-7' };
const session: Origin = { kind: 'linear-session', id: 'session-1', identifier: 'ENG-7' };
const push: Origin = { kind: 'push', ref: 'refs/heads/main', commit };
const folder: Source = { kind: 'folder', path: '/src/shop' };
const github: Source = { kind: 'github', repository: 'acme/shop', ref: null, atCommit: commit };

interface Asked {
  origin?: Origin;
  githubReport: GithubReport;
  /** Null: nobody knows which component was meant. */
  component?: { repository: string; source: Source } | null;
}

function namesOf({ githubReport, origin, component }: Asked): string[] {
  const usual = { repository: 'acme/shop', source: github };
  const named = component === null ? null : { name: 'orders', ...(component ?? usual) };
  return placesOf({ origin, component: named }, githubReport).map(describePlace);
}

test.each<[string, Asked, string[]]>([
  ['nobody has asked, nothing is configured', { githubReport: 'none' }, []],
  ['a push, nothing is configured', { origin: push, githubReport: 'none' }, []],
  ['an issue', { origin: issue, githubReport: 'none' }, ['ENG-7']],
  ['a session', { origin: session, githubReport: 'none' }, ['session of ENG-7']],
  [
    'a session without an issue, about a repository that shows checks',
    { origin: { ...session, identifier: null }, githubReport: 'check-run' },
    ['session in Linear', 'check run in acme/shop'],
  ],
  [
    'a push to a repository that shows statuses',
    { origin: push, githubReport: 'commit-status' },
    ['commit status in acme/shop'],
  ],
  [
    'an issue about a repository that shows checks',
    { origin: issue, githubReport: 'check-run' },
    ['ENG-7', 'check run in acme/shop'],
  ],
  ['a person', { githubReport: 'issue' }, ['issue in acme/shop']],
])('where a run is answered: %s', (_case, asked, expected) => {
  expect(namesOf(asked)).toEqual(expected);
});

test('a repository that is not on GitHub is answered nowhere there', () => {
  const component = { repository: 'shop', source: folder };
  expect(namesOf({ githubReport: 'commit-status', component })).toEqual([]);
});

test.each<[GithubReport, string[]]>([
  ['commit-status', []],
  ['check-run', []],
  ['issue', ['issue in acme/shop']],
])('a folder is no commit: %s', (githubReport, expected) => {
  const component = { repository: 'acme/shop', source: folder };
  expect(namesOf({ githubReport, component })).toEqual(expected);
});

test('where nobody knows which component was meant, the issue alone is answered', () => {
  expect(namesOf({ origin: issue, githubReport: 'check-run', component: null })).toEqual(['ENG-7']);
});

test.each<[Source, string | null]>([
  [github, commit],
  [{ kind: 'github', repository: 'acme/shop', ref: 'main' }, null],
])('a commit counts as known only where the source is read at it: %o', (source, expected) => {
  const component = { name: 'orders', repository: 'acme/shop', source };
  expect(placesOf({ origin: push, component }, 'commit-status')).toMatchObject([
    { commit: expected },
  ]);
});
