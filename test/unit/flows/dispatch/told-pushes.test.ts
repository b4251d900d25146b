import { beforeEach, expect, test } from 'vitest';
import { dispatchEvent } from '../../../../lib/flows/dispatch/run.ts';
import { createToldPushes } from '../../../../lib/flows/dispatch/told-pushes.ts';
import { setLogSink } from '../../../../lib/runtime/logging.ts';
import { buildDispatchServices, buildStore } from '../../../builders/dispatch-services.ts';
import { buildEvent, buildPush } from '../../../builders/events.ts';

beforeEach(() => setLogSink(() => {}));

const now = () => Date.parse('2026-11-22T10:00:00.000Z');
const main = { repository: 'acme/shop', branch: 'main' };
const create = () => createToldPushes(buildStore(now), now);

test('remembers the commits of pushes to a branch, each once and in order', async () => {
  const pushes = create();
  for (const after of ['one', 'two', 'one']) await pushes.note(buildPush({ after }));
  expect(await pushes.list({ repository: 'acme/SHOP', branch: 'main' })).toEqual([
    { commit: 'one', at: '2026-11-22T10:00:00.000Z' },
    { commit: 'two', at: '2026-11-22T10:00:00.000Z' },
  ]);
});

test('keeps all that are told at the same time', async () => {
  const pushes = create();
  await Promise.all(['a', 'b', 'c'].map((after) => pushes.note(buildPush({ after }))));
  expect(await pushes.list(main)).toHaveLength(3);
});

test.each([
  ['to another branch', buildPush({ ref: 'refs/heads/topic' })],
  ['that deletes the branch', buildPush({ deleted: true })],
  ['to a tag', buildPush({ ref: 'refs/tags/main' })],
  ['that is none', buildEvent()],
])('leaves out a push %s', async (_, event) => {
  const pushes = create();
  await pushes.note(event);
  expect(await pushes.list(main)).toEqual([]);
});

test('keeps the latest fifty', async () => {
  const pushes = create();
  for (let count = 0; count < 60; count += 1) await pushes.note(buildPush({ after: `c${count}` }));
  const told = await pushes.list(main);
  expect([told.length, told.at(-1)?.commit]).toEqual([50, 'c59']);
});

test('the dispatcher notes a push, whatever it decides about it and while it is paused', async () => {
  const { pausedSince, services } = buildDispatchServices();
  const pushes = create();
  pausedSince.value = '2026-11-22T09:00:00.000Z';
  await dispatchEvent(buildPush({ after: 'one' }, { deliveryId: 'd-1' }), { ...services, pushes });
  const elsewhere = buildPush({ after: 'two', changedPaths: ['docs/a'] }, { deliveryId: 'd-2' });
  await dispatchEvent(elsewhere, { ...services, pushes });
  const told = await pushes.list(main);
  expect(told.map(({ commit }) => commit)).toEqual(['one', 'two']);
});
