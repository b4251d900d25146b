import { expect, test } from 'vitest';
import { isSameAsk, type ClaimedAsk } from '../../../../lib/domain/dispatch/same-ask.ts';

const label: ClaimedAsk = { by: 'label', name: 'run-1', askedAt: '2026-11-22T10:00:00.000Z' };
const session: ClaimedAsk = { by: 'session', name: 'run-2', askedAt: '2026-11-22T10:00:30.000Z' };
const later: ClaimedAsk = { ...session, askedAt: '2026-11-22T10:01:01.000Z' };

test('a label and a session within a minute want the same, in either order', () => {
  expect(isSameAsk(label, session, false)).toBe(true);
  expect(isSameAsk(session, label, false)).toBe(true);
});

test('later they want the same as long as it goes on', () => {
  expect(isSameAsk(label, later, false)).toBe(false);
  expect(isSameAsk(label, later, true)).toBe(true);
});

test('what is asked for in the same way again is a new request', () => {
  expect(isSameAsk(label, { ...label, name: 'run-3' }, true)).toBe(false);
});
