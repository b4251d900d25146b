import { beforeEach, expect, test } from 'vitest';
import { polledId } from '../../../../lib/domain/reconcile/polled-event.ts';
import { dispatchEvent } from '../../../../lib/flows/dispatch/run.ts';
import { createToldPushes } from '../../../../lib/flows/dispatch/told-pushes.ts';
import { setLogSink } from '../../../../lib/runtime/logging.ts';
import { buildDispatchServices, buildStore } from '../../../builders/dispatch-services.ts';
import { buildEvent, buildPush } from '../../../builders/events.ts';

beforeEach(() => setLogSink(() => {}));

const now = () => Date.parse('2026-11-22T10:00:00.000Z');
const main = { repository: 'acme/shop', branch: 'main' };
const toldBy = (by: string) => ({ deliveryId: `d-${by}` });
const create = () => createToldPushes(buildStore(now), now);

test('remembers the pushes to a branch, each once and in order', async () => {
  const pushes = create();
  for (const after of ['one', 'two', 'one'])
    await pushes.admit(buildPush({ after }, toldBy(after)));
  expect(await pushes.list({ repository: 'acme/SHOP', branch: 'main' })).toMatchObject([
    { commit: 'one', at: '2026-11-22T10:00:00.000Z', deliveries: ['d-one'] },
    { commit: 'two', at: '2026-11-22T10:00:00.000Z', deliveries: ['d-two'] },
  ]);
});

test('tells a push in the words in which it was told first', async () => {
  const pushes = create();
  const found = buildPush({ before: 'one', after: 'three' }, { deliveryId: polledId('1') });
  const late = buildPush({ before: 'two', after: 'three' }, toldBy('late'));
  await pushes.admit(found);
  expect((await pushes.admit(late)).push).toEqual(found.push);
});

test('keeps all that are told at the same time', async () => {
  const pushes = create();
  await Promise.all(
    ['a', 'b', 'c'].map((after) => pushes.admit(buildPush({ after }, toldBy(after)))),
  );
  expect(await pushes.list(main)).toHaveLength(3);
});

test('knows pushes that an earlier version has written down', async () => {
  const store = buildStore(now);
  const pushes = createToldPushes(store, now);
  await pushes.admit(buildPush({ after: 'one' }, toldBy('one')));
  const [item] = (await store.list('pushed', { limit: 1 })).items;
  if (item === undefined) throw new Error('Nothing was written down');
  const value = [{ commit: 'one', at: '2026-11-21T10:00:00.000Z' }];
  await store.put({ partition: 'pushed', key: item.key, value });
  const { push } = await pushes.admit(buildPush({ before: 'zero', after: 'one' }, toldBy('again')));
  expect(push).toMatchObject({ before: null, after: 'one', round: 1 });
});

test.each([
  ['to another branch', buildPush({ ref: 'refs/heads/topic' })],
  ['that deletes the branch', buildPush({ deleted: true })],
  ['to a tag', buildPush({ ref: 'refs/tags/main' })],
  ['that is none', buildEvent()],
])('leaves out a push %s', async (_, event) => {
  const pushes = create();
  expect(await pushes.admit(event)).toEqual(event);
  expect(await pushes.list(main)).toEqual([]);
});

test('the dispatcher starts the runs of a push that leads back to where the branch was', async () => {
  const { runs, services } = buildDispatchServices();
  const all = { ...services, pushes: create() };
  const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
  const way = [a, b, a, b];
  for (const [index, after] of way.entries()) {
    const before = way[index - 1] ?? null;
    await dispatchEvent(buildPush({ before, after }, toldBy(String(index))), all);
    await dispatchEvent(buildPush({ before, after }, toldBy(`${index} by another hook`)), all);
  }
  expect(runs.requests.map(({ input }) => input)).toMatchObject(
    way.map((commit) => ({ origin: { commit } })),
  );
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
