import { expect, test } from 'vitest';
import { oneLineText, plainJson, plainText } from '../../../lib/domain/plain-text.ts';

test.each([
  ['a\u001b[2Jb', 'a\ufffd[2Jb'],
  [
    'left\u200e, right\u200f and Arabic\u061c marks',
    'left\ufffd, right\ufffd and Arabic\ufffd marks',
  ],
  ['\u202eturned\u2066', '\ufffdturned\ufffd'],
  ['two\n\tlines', 'two\n\tlines'],
])('%j may be shown as %j', (text, shown) => {
  expect(plainText(text)).toBe(shown);
});

test.each([
  ['Two problems:\n  - one\r\n  - two\n', 'Two problems: ⏎ - one ⏎ - two'],
  ['a\u2028b\u0085c\rd\ve', 'a ⏎ b ⏎ c ⏎ d ⏎ e'],
  ['a\tb', 'a b'],
  ['a\u0007b', 'a\ufffdb'],
  ['\n\n', ''],
])('%j is shown on one line as %j', (text, shown) => {
  expect(oneLineText(text)).toBe(shown);
});

test('JSON is shown without what a terminal obeys, and reads as what it was', () => {
  const hostile = 'a\u001b[2J\u009b2J\u007f\u202eb\u2066\n\tc';
  const json = plainJson({ [hostile]: [hostile] });
  expect(json).toContain('a\\u001b[2J\\u009b2J\\u007f\\u202eb\\u2066\\n\\tc');
  expect(plainText(json)).toBe(json);
  expect(JSON.parse(json)).toEqual({ [hostile]: [hostile] });
  expect(plainJson({ a: [1] }, 2)).toBe('{\n  "a": [\n    1\n  ]\n}');
});
