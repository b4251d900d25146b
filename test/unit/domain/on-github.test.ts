import { expect, test } from 'vitest';
import { isOnGithub, type ConfiguredPlace } from '../../../lib/domain/on-github.ts';

const folder: ConfiguredPlace = {
  name: 'acme/shop',
  source: '.',
  githubReport: 'none',
  analyseOnPush: false,
};

test.each<[string, Partial<ConfiguredPlace>]>([
  ['its source is there', { source: 'github' }],
  ['its outcomes are shown there', { githubReport: 'check-run' }],
  ['pushes to it are awaited', { analyseOnPush: true }],
])('a repository is on GitHub when %s', (_, place) => {
  expect(isOnGithub({ ...folder, ...place })).toBe(true);
});

test('a folder is not, whatever it is called', () => {
  expect(isOnGithub(folder)).toBe(false);
});

test.each(['app', 'a/b/c', 'acme/..', '../shop', '/shop', 'acme/', ''])(
  'what is called "%s" is not, whatever is asked for',
  (name) => {
    const everything = { source: 'github', githubReport: 'issue', analyseOnPush: true };
    expect(isOnGithub({ ...everything, name })).toBe(false);
  },
);
