import { expect, test } from 'vitest';
import { pushedCommits } from '../../../../lib/adapters/github/webhooks/pushed-commits.ts';

const commit = { added: ['lib/new.ts'], removed: ['lib/old.ts'], modified: ['README.md'] };
const push = {
  ref: 'refs/heads/main',
  before: 'a'.repeat(40),
  after: 'b'.repeat(40),
  created: false,
  deleted: false,
  forced: false,
  commits: [commit, { added: [], removed: [], modified: ['README.md', 'lib/new.ts'] }],
};

const commits = (count: number) => Array.from({ length: count }, () => commit);

test('a push tells each path that its commits have touched once', () => {
  expect(pushedCommits(push)).toEqual({
    ref: 'refs/heads/main',
    before: 'a'.repeat(40),
    after: 'b'.repeat(40),
    round: 1,
    deleted: false,
    changedPaths: ['lib/new.ts', 'lib/old.ts', 'README.md'],
  });
});

test('a push of nothing changed nothing', () => {
  expect(pushedCommits({ ...push, commits: [], before: push.after })?.changedPaths).toEqual([]);
});

test.each([
  ['forced', { forced: true }],
  ['of a new branch', { created: true }],
  ['without commits, though something happened', { commits: [] }],
  ['without a list of commits', { commits: undefined }],
  ['of as many commits as GitHub lists at most', { commits: commits(2_048) }],
  ['with a commit that does not tell its paths', { commits: [commit, {}] }],
  ['with a path that is none', { commits: [{ ...commit, added: [7] }] }],
  ['of too many paths', { commits: [{ ...commit, added: ['x'.repeat(6_000)] }] }],
])('a push %s does not tell all paths', (_what, fields) => {
  expect(pushedCommits({ ...push, ...fields })?.changedPaths).toBeNull();
});

test('the largest push that GitHub still lists in full is told', () => {
  expect(pushedCommits({ ...push, commits: commits(2_047) })?.changedPaths).toHaveLength(3);
});

test('a deleted branch is one', () => {
  const deleted = { ...push, after: '0'.repeat(40), commits: [], deleted: true };
  expect(pushedCommits(deleted)).toMatchObject({ deleted: true, changedPaths: null });
});

test('a push without a ref is none', () => {
  expect(pushedCommits({ ...push, ref: null })).toBeNull();
});
