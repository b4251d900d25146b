import { expect, test } from 'vitest';
import {
  docstringParameters,
  jsdocParameters,
} from '../../../../lib/analysis/syntax/documented-parameters.ts';

const namesIn = (text: string) => docstringParameters(text).map(({ name }) => name);

test.each([
  ['a name', ':param size: how many'],
  ['a type before the name', '  :param int size: how many'],
  ['a type of several words', ':param str | None  size : how many'],
  ['a type with commas and brackets', ':param dict[str, int] size: how many'],
  ['stars', ':param **size: how many'],
])('reads Sphinx notation: %s', (_, text) => {
  expect(namesIn(text)).toEqual(['size']);
});

test('takes a type for no name, and a line without its second colon for nothing', () => {
  expect(namesIn(':param size str: how many\n:param size\n')).toEqual([]);
});

test('reads the entries of a Google section, and not what stands deeper or after it', () => {
  const text =
    'Opens.\n\n  Args:\n    a: one\n      b: more of it\n    *c (int): two\n\n  d: no more';
  expect(docstringParameters(text)).toEqual([
    { name: 'a', offset: text.indexOf('a: one') },
    { name: 'c', offset: text.indexOf('*c') },
  ]);
});

test('reads JSDoc parameters and not their properties', () => {
  const text = '/**\n * @param {{a: 1}} options what\n * @param options.size how many\n */';
  expect(jsdocParameters(text).map(({ name }) => name)).toEqual(['options']);
});

// Each of these took from seconds to minutes when the patterns overlapped.
test.each([
  ['blanks after a parameter', `:param ${' '.repeat(20_000)}\n`],
  ['blanks before a colon', `Args:\n  a${' '.repeat(20_000)}(\n`],
  ['blanks before nothing', `Args:${' '.repeat(20_000)}x\n`],
  ['titles of sections', 'Args:\n'.repeat(20_000)],
  [
    'nested titles of sections',
    Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(i)}Args:`).join('\n'),
  ],
])('reads thousands of %s at once', (_, text) => {
  const start = performance.now();
  docstringParameters(text);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test.each([
  ['braces', `@param ${'{'.repeat(20_000)}`],
  ['blanks', `@param ${' '.repeat(20_000)}`],
  ['tags', '@param {'.repeat(20_000)],
])('reads a JSDoc comment of thousands of %s at once', (_, text) => {
  const start = performance.now();
  jsdocParameters(text);
  expect(performance.now() - start).toBeLessThan(2_000);
});
