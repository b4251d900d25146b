import { expect, test } from 'vitest';
import {
  commitMessage,
  pullRequestBody,
  pullRequestTitle,
} from '../../../../lib/adapters/command/publish/pull-request-text.ts';
import { readMarkdown } from '../../../support/markdown.ts';

const proposal = {
  id: '0f0e0d0c-0000-4000-8000-000000000000',
  title: 'code quality of lib',
  program: 'claude',
  base: 'c0ffee'.padEnd(40, '0'),
  paths: ['src/a.ts', 'src/b.ts'],
};

test('says what was asked for, by whom, and what came of it', () => {
  const body = pullRequestBody(proposal);
  expect(body).toContain(
    'A coding agent (`claude`) was asked for `code quality of lib` and has changed 2 files.',
  );
  expect(body).toContain(`Agent run \`${proposal.id}\`, from commit ${proposal.base}.`);
  expect(body).not.toContain('workflows');
  expect(commitMessage(proposal)).toBe(`code quality of lib\n\nAgent-Run: ${proposal.id}\n`);
});

test('names the workflows that were changed, and counts those that are too many', () => {
  const paths = Array.from({ length: 12 }, (_, index) => `.github/workflows/${index}.yml`);
  const body = pullRequestBody({ ...proposal, paths });
  expect(body).toContain('**It changes workflows of GitHub Actions:** `.github/workflows/0.yml`, ');
  expect(body).toContain('`.github/workflows/9.yml` and 2 more.');
});

test('nothing of outside becomes a mention, a link or markup', () => {
  const hostile = '`</code>@acme/all fixes #1 [x](https://evil.example)\n# Big';
  const paths = [`.github/workflows/${hostile}`];
  const read = readMarkdown(pullRequestBody({ ...proposal, title: hostile, paths }));
  expect(read.text).not.toMatch(/acme|fixes|evil/);
  expect(read.links).toEqual([]);
  expect(new Set(read.marks)).toEqual(new Set(['code_inline', 'strong_open', 'strong_close']));
  expect(read.blocks).not.toContain('heading_open');
  expect(pullRequestTitle({ title: hostile })).not.toMatch(/@acme|#1/);
  expect(commitMessage({ ...proposal, title: hostile }).split('\n')).toHaveLength(4);
});
