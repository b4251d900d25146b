import { expect, test } from 'vitest';
import { busEventSchema } from '../../../../lib/domain/event.ts';
import { decideDispatch } from '../../../../lib/domain/dispatch/decide.ts';
import { isPolled, polledId, polledPush } from '../../../../lib/domain/reconcile/polled-event.ts';
import {
  buildDispatchContext,
  buildEvent,
  buildPush,
  pushedCommit,
} from '../../../builders/events.ts';

const delivery = { deliveryId: polledId('1'), receivedAt: '2026-11-22T10:00:00.000Z' };
const moved = {
  repository: 'acme/shop',
  branch: 'main',
  defaultBranch: 'main',
  before: 'b'.repeat(40),
  commit: pushedCommit,
};

test('is told from what a sender delivers by its id', () => {
  expect(isPolled(delivery)).toBe(true);
  expect(isPolled(buildEvent())).toBe(false);
});

test('a push that was found starts the very runs that its webhook would start', () => {
  const found = polledPush({ ...moved, changedPaths: ['orders/total.py'] }, delivery);
  expect(busEventSchema.parse(found)).toEqual(found);
  const context = buildDispatchContext();
  expect(decideDispatch(found, context)).toEqual(
    decideDispatch(buildPush({ before: moved.before }), context),
  );
});

test.each([
  ['nobody knows what has changed', null],
  ['too much has changed for an event', Array.from({ length: 800 }, (_, n) => `orders/${n}.py`)],
])('where %s, every component counts as touched', (_, changedPaths) => {
  const found = polledPush({ ...moved, changedPaths }, delivery);
  expect(found.push?.changedPaths).toBeNull();
});
