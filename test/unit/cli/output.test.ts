import { expect, test } from 'vitest';
import { formatColumns } from '../../../infra/cli/output.ts';

test('columns are as wide as their widest cell', () => {
  expect(
    formatColumns([
      ['ID', 'REASON'],
      ['1f0e6a8c', 'no'],
    ]),
  ).toBe('ID        REASON\n1f0e6a8c  no');
});

test('a row is one line, whatever strangers have put into its cells', () => {
  expect(formatColumns([['Error', 'broken\nState  succeeded\u001b[2J']])).toBe(
    'Error  broken ⏎ State  succeeded\ufffd[2J',
  );
});
