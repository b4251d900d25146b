import { describe, expect, test } from 'vitest';
import {
  cleanText,
  idText,
  objectIn,
  objectsIn,
  textIn,
  urlIn,
} from '../../../lib/domain/json-fields.ts';

describe('textIn', () => {
  test.each([
    ['a\tb\nc', 10, 'a b c'],
    ['a\u0007b', 10, 'a\ufffdb'],
    ['abcdef', 3, 'abc'],
    ['ab🙂', 3, 'ab'],
    ['', 3, null],
    [7, 3, null],
    [null, 3, null],
  ])('%j cut to %i is %j', (value, maxLength, text) => {
    expect(textIn({ value }, 'value', maxLength)).toBe(text);
  });

  test('of nothing is nothing', () => {
    expect(textIn(undefined, 'value', 3)).toBeNull();
  });
});

test('halves of characters are replaced', () => {
  expect(cleanText('a\ud800b')).toBe('a\ufffdb');
});

test.each([
  [7, '7'],
  [7.5, null],
  [2 ** 60, null],
  ['5c4a8a1e-3f0e', '5c4a8a1e-3f0e'],
  ['a b', null],
  ['f'.repeat(65), null],
  [{}, null],
])('the id in %j is %j', (value, id) => {
  expect(idText(value)).toBe(id);
});

test.each([
  ['https://github.com/acme/shop', 'https://github.com/acme/shop'],
  ['https://github.com/ä"', 'https://github.com/%C3%A4%22'],
  ['javascript:alert(1)', null],
  ['https://ada:secret@github.com/', null],
  ['nowhere', null],
  [`https://github.com/${'ä'.repeat(30)}`, null],
])('the address in %j is %j', (value, url) => {
  expect(urlIn({ value }, 'value', 60)).toBe(url);
});

test('objects are told from lists and null', () => {
  expect(objectIn({ value: { a: 1 } }, 'value')).toEqual({ a: 1 });
  expect(objectIn({ value: [1] }, 'value')).toBeUndefined();
  expect(objectIn({ value: null }, 'value')).toBeUndefined();
  expect(objectsIn({ value: [{ a: 1 }, null, 2, []] }, 'value')).toEqual([{ a: 1 }]);
  expect(objectsIn({ value: 7 }, 'value')).toEqual([]);
});
