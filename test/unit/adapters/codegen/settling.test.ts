import { expect, test } from 'vitest';
import { settlingMs } from '../../../../lib/adapters/codegen/settling.ts';

test('a creation has shown after twice the time of a request', () => {
  expect(settlingMs(20_000)).toBe(40_000);
});

test('however long requests may take, it has shown before a task gives up looking', () => {
  expect(settlingMs(300_000)).toBe(60_000);
});
