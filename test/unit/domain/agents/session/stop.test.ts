import { expect, test } from 'vitest';
import { isStoppedSince } from '../../../../../lib/domain/agents/session/stop.ts';

const asked = { id: 'activity-1', body: 'orders', isStop: false, isByPerson: true };
const stop = { id: 'activity-2', body: '', isStop: true, isByPerson: true };

test.each([{ stop }, { stop: { ...stop, isStop: false, body: 'Stop!' } }])(
  'what was said before a stop is stopped, whichever way it was asked for',
  (after) => {
    expect(isStoppedSince([asked, after.stop], 'activity-1')).toBe(true);
    expect(isStoppedSince([asked, after.stop], null)).toBe(true);
  },
);

test('the stop itself, and what is said after it, is not', () => {
  const again = { ...asked, id: 'activity-3', body: 'again' };
  expect(isStoppedSince([asked, stop, again], 'activity-2')).toBe(false);
  expect(isStoppedSince([asked, stop, again], 'activity-3')).toBe(false);
});

test('an app stops nothing', () => {
  expect(isStoppedSince([asked, { ...stop, isByPerson: false }], 'activity-1')).toBe(false);
});
