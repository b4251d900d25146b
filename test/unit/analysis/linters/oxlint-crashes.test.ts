import { expect, test } from 'vitest';
import { withConfirmedSyntaxErrors } from '../../../../lib/analysis/linters/confirmed-syntax-errors.ts';
import { lint } from '../../../../lib/analysis/linters/oxlint.ts';
import { sourceFile } from '../../../builders/source-file.ts';

const deep = sourceFile('deep.js', `export const a = ${'['.repeat(20_000)}${']'.repeat(20_000)};`);
const good = Array.from({ length: 6 }, (_, index) => sourceFile(`good${index}.ts`, 'debugger;'));

test('a file that crashes the linter is left out, and the others are linted', async () => {
  const { hits, notes, unlintable } = await lint([...good.slice(0, 2), deep, ...good.slice(2)]);

  expect(hits.map(({ path }) => path).toSorted()).toEqual(good.map(({ path }) => path));
  expect(unlintable).toEqual(['deep.js']);
  expect(notes).toEqual([
    expect.stringMatching(/^deep\.js was not linted: oxlint was ended by SIG/),
  ]);
});

test('a file that crashes the linter has one syntax error, of the syntax reader if it saw one', () => {
  const linted = { hits: [], notes: [], unlintable: ['deep.js'] };
  const read = {
    rule: 'syntax-error',
    path: 'deep.js',
    line: 3,
    message: 'This is not understood.',
  };

  expect(withConfirmedSyntaxErrors([read], linted)).toEqual([read]);
  expect(withConfirmedSyntaxErrors([], linted)).toEqual([
    expect.objectContaining({ rule: 'syntax-error', path: 'deep.js', line: 1 }),
  ]);
});
