import { expect, test } from 'vitest';
import { createDeliveryRecords } from '../../../../lib/flows/dispatch/delivery-records.ts';
import type { Store } from '../../../../lib/ports/store.ts';
import { buildStore } from '../../../builders/dispatch-services.ts';
import { buildEvent } from '../../../builders/events.ts';

const now = Date.parse('2026-11-22T10:00:01.000Z');
const day = 24 * 3_600_000;

function createRecords(store: Store = buildStore()) {
  return createDeliveryRecords(store, () => now);
}

const event = buildEvent({ deliveryId: 'd-1', receivedAt: '2026-11-22T10:00:00.000Z' });
const delivery = { id: 'd-1', source: 'github' } as const;
const started = (runId: string) => ({ runId, created: true });
const passing = (reason: string) => ({ reason, final: false });

test('a delivery waits for its decision, and is added once', async () => {
  const records = createRecords();
  expect(await records.add(event)).toBe(true);
  expect(await records.add({ ...event, type: 'push' })).toBe(false);
  expect(await records.get(delivery)).toEqual({
    id: 'd-1',
    source: 'github',
    type: 'issue_comment.created',
    receivedAt: '2026-11-22T10:00:00.000Z',
    decision: 'pending',
    event,
    decidedAt: null,
    attempts: 0,
    startedRunIds: [],
  });
});

test('two senders may use the same id', async () => {
  const records = createRecords();
  await records.add(event);
  expect(await records.add({ ...event, source: 'linear' })).toBe(true);
  await expect(records.find('d-1')).rejects.toThrow('More than one delivery begins with d-1.');
});

test('is kept for 30 days from its arrival, also when it is decided later', async () => {
  const store = buildStore();
  const records = createRecords(store);
  await records.add(event);
  const later = createDeliveryRecords(store, () => now + 5 * day);
  await later.saveDecision(delivery, { decision: 'ignored', reason: 'because' });
  expect((await store.get('deliveries', 'github:d-1'))?.expiresAt).toBe(now + 30 * day);
});

test('a decision ends the waiting; the first one counts', async () => {
  const records = createRecords();
  await records.add(event);
  const both = await Promise.all([
    records.saveDecision(delivery, { decision: 'run', reason: 'asked', runs: [started('run-1')] }),
    records.saveDecision(delivery, { decision: 'ignored', reason: 'late' }),
  ]);
  expect(both[0]).toEqual(both[1]);
  expect(both[0]).toMatchObject({
    decision: 'run',
    runId: 'run-1',
    decidedAt: '2026-11-22T10:00:01.000Z',
    attempts: 1,
  });
  expect(both[0]).not.toHaveProperty('runIds');
  expect((await records.listPending({ limit: 10 })).deliveries).toEqual([]);
});

test('several runs are all named, the first as the run', async () => {
  const records = createRecords();
  await records.add(event);
  const outcome = {
    decision: 'run',
    reason: 'asked',
    runs: [started('run-1'), started('run-2')],
  } as const;
  expect(await records.saveDecision(delivery, outcome)).toMatchObject({
    runId: 'run-1',
    runIds: ['run-1', 'run-2'],
  });
});

test('a run that another delivery had started is named, but not as its own', async () => {
  const records = createRecords();
  await records.add(event);
  const runs = [{ runId: 'run-1', created: false }, started('run-2')];
  expect(
    await records.saveDecision(delivery, { decision: 'run', reason: 'asked', runs }),
  ).toMatchObject({ runIds: ['run-1', 'run-2'], startedRunIds: ['run-2'] });
});

test('why it waited gives way to why it was decided so', async () => {
  const records = createRecords();
  await records.add(event);
  expect(await records.postpone(delivery, 'Paused')).toMatchObject({
    decision: 'pending',
    reason: 'Paused',
    attempts: 0,
  });
  const decided = await records.saveDecision(delivery, {
    decision: 'run',
    reason: 'asked',
    runs: [started('run-1')],
  });
  expect(decided.reason).toBe('asked');
});

test('after ten failed attempts a person has to look, and can have it tried again', async () => {
  const records = createRecords();
  await records.add(event);
  for (let attempt = 1; attempt < 10; attempt += 1)
    await records.countAttempt(delivery, passing('no'));
  expect(await records.get(delivery)).toMatchObject({ decision: 'pending', attempts: 9 });

  expect(await records.countAttempt(delivery, passing('still no'))).toMatchObject({
    decision: 'failed',
    attempts: 10,
    reason: 'still no',
    decidedAt: '2026-11-22T10:00:01.000Z',
  });
  expect((await records.listPending({ limit: 10 })).deliveries).toEqual([]);

  const reopened = await records.reopen(delivery);
  expect(reopened).toMatchObject({ decision: 'pending', attempts: 0, decidedAt: null });
  expect(reopened).not.toHaveProperty('reason');
  expect((await records.listPending({ limit: 10 })).deliveries).toEqual([reopened]);
});

test('attempts that are counted at the same time are all counted', async () => {
  const records = createRecords();
  await records.add(event);
  await Promise.all([1, 2, 3].map(async () => records.countAttempt(delivery, passing('no'))));
  expect((await records.get(delivery))?.attempts).toBe(3);
});

const idsOf = (page: { deliveries: { id: string }[] }) => page.deliveries.map(({ id }) => id);

test('all are listed newest first, those that wait oldest first, in pages', async () => {
  const records = createRecords();
  for (const minute of [3, 1, 2]) {
    const receivedAt = `2026-11-22T10:0${minute}:00.000Z`;
    await records.add({ ...event, deliveryId: `d-${minute}`, receivedAt });
  }
  await records.saveDecision({ id: 'd-2', source: 'github' }, { decision: 'ignored', reason: '' });

  const first = await records.list({ limit: 2 });
  expect(idsOf(first)).toEqual(['d-3', 'd-2']);
  const second = await records.list({ limit: 2, cursor: first.next ?? '' });
  expect(idsOf(second)).toEqual(['d-1']);
  expect(second.next).toBeNull();
  expect(idsOf(await records.listPending({ limit: 10 }))).toEqual(['d-1', 'd-3']);
});

test('is found by the beginning of its id, where that is long enough and fits one', async () => {
  const records = createRecords();
  await records.add({ ...event, deliveryId: 'abcdef-1' });
  await records.add({ ...event, deliveryId: 'abcdef-12', source: 'linear' });
  expect((await records.find('abcdef-12'))?.source).toBe('linear');
  expect((await records.find('abcdef-1'))?.source).toBe('github');
  await expect(records.find('abcdef')).rejects.toThrow('More than one');
  expect(await records.find('abcde')).toBeUndefined();
  expect(await records.find('abcdeg')).toBeUndefined();
});

test('a delivery that is not there cannot be changed', async () => {
  const saving = createRecords().saveDecision(delivery, { decision: 'ignored', reason: '' });
  await expect(saving).rejects.toThrow('There is no delivery d-1.');
});

test('a record that another version has written is no delivery, and not in the way', async () => {
  const store = buildStore();
  const records = createRecords(store);
  await store.put({
    partition: 'deliveries',
    key: 'github:d-0',
    value: { id: 'd-0' },
    sort: { byTime: '2026', open: '2026' },
  });
  await records.add(event);

  await expect(records.get({ id: 'd-0', source: 'github' })).rejects.toThrow(
    'The delivery github:d-0 was stored by another version of this program.',
  );
  expect(idsOf(await records.list({ limit: 10 }))).toEqual(['d-1']);
  expect(idsOf(await records.listPending({ limit: 10 }))).toEqual(['d-1']);
});
