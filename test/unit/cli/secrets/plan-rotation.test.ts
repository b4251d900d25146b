import { expect, test } from 'vitest';
import { planRotation } from '../../../../infra/cli/secrets/plan-rotation.ts';
import type { SecretVersions } from '../../../../infra/cli/secrets/secret-versions.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const minuteMs = 60_000;
const old = { id: 'old', madeAt: now - 60 * minuteMs };
const later = { id: 'new', madeAt: now - 30 * minuteMs };
const fresh = { id: 'new', madeAt: now - 9 * minuteMs };
const settled: SecretVersions = { current: later, previous: old, registered: 'new' };

function plan(versions: Partial<SecretVersions>, force = false) {
  return planRotation({ ...settled, ...versions }, { now, force });
}

test('without a value there is nothing that could get lost', () => {
  const nothing = { current: undefined, previous: undefined, registered: undefined };
  expect(plan(nothing)).toEqual({ kind: 'first' });
});

test('a rotation begins where the sender signs with the current value, noted or not', () => {
  expect(plan({})).toEqual({ kind: 'begin' });
  expect(plan({ registered: undefined })).toEqual({ kind: 'begin' });
  expect(plan({ registered: undefined, previous: undefined, current: fresh })).toEqual({
    kind: 'begin',
  });
});

test('one that was cut off goes on, however long ago: a further value would push out the one in use', () => {
  expect(plan({ registered: 'old' })).toEqual({ kind: 'finish' });
  expect(plan({ registered: 'old', current: fresh })).toEqual({ kind: 'finish' });
  expect(plan({ registered: 'older than both' })).toEqual({ kind: 'finish' });
});

test('two in a row are refused, with the minutes to wait', () => {
  expect(plan({ current: fresh })).toMatchObject({
    kind: 'refuse',
    reason: expect.stringContaining('Try again in 1 min'),
  });
  expect(plan({ current: { ...fresh, madeAt: now - 10 * minuteMs } })).toEqual({ kind: 'begin' });
});

test('force begins anew whatever there is', () => {
  expect(plan({ current: fresh }, true)).toEqual({ kind: 'begin' });
  expect(plan({ registered: 'old' }, true)).toEqual({ kind: 'begin' });
});
