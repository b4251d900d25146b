import { expect, test } from 'vitest';
import { endingOf } from '../../../lib/domain/run-ending.ts';

test.each([
  ['succeeded', null, 'succeeded'],
  ['failed', 'Error', 'failed'],
  ['timed_out', null, 'failed'],
  ['stopped', 'Stopped', 'stopped'],
  ['stopped', 'Hanging', 'failed'],
  ['running', null, undefined],
] as const)('a run that is %s (%s) counts as %s', (state, errorType, ending) => {
  expect(endingOf({ state, errorType })).toBe(ending);
});
