import { expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../../../lib/adapters/sqlite/store.ts';
import { createAnalysisSlots, freeSlotOf } from '../../../../lib/flows/component-analysis/slots.ts';
import { createLeases } from '../../../../lib/flows/leases/leases.ts';

function build(limit: number) {
  let time = 1_000;
  const now = () => time;
  const store = openSqliteStore(':memory:', { now });
  onTestFinished(async () => store.close());
  const leases = createLeases(store, now);
  return {
    leases,
    slots: createAnalysisSlots(leases, limit),
    putForward: (minutes: number) => {
      time += minutes * 60_000;
    },
  };
}

test('a slot of a run that was stopped is free as soon as its end is known', async () => {
  const { leases, slots } = build(1);
  expect(await slots.acquire('stopped')).toBe(true);
  await freeSlotOf({ flow: 'autonomous-cicd', runId: 'stopped' }, leases);
  expect(await slots.acquire('next')).toBe(false);
  await freeSlotOf({ flow: 'component-analysis', runId: 'stopped' }, leases);
  expect(await slots.acquire('next')).toBe(true);
});

test('a slot of a run of which nothing is heard is free when the run has to be over', async () => {
  const { putForward, slots } = build(1);
  expect(await slots.acquire('lost')).toBe(true);
  putForward(59);
  expect(await slots.acquire('next')).toBe(false);
  putForward(1);
  expect(await slots.acquire('next')).toBe(true);
});
