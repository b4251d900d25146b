import { expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { holdingSlot } from '../../../../lib/flows/component-analysis/holding-slot.ts';
import type { AnalysisSlots } from '../../../../lib/flows/component-analysis/slots.ts';
import { buildWaitingFlow } from '../../../builders/waiting-flow.ts';

/** Slots that are all taken for so many looks. */
function buildSlots({ takenFor = 0 } = {}) {
  const calls: string[] = [];
  let looks = 0;
  const slots: AnalysisSlots = {
    async acquire(runId) {
      calls.push(`acquire ${runId}`);
      looks += 1;
      return looks > takenFor;
    },
    async release(runId) {
      calls.push(`release ${runId}`);
    },
  };
  return { calls, slots };
}

/** Nobody is told anything. */
const silently = { tell: async () => {}, now: () => 0 };

const nobodyIsTold = () => Promise.reject(new Error('Nobody is to be told'));
const unreadable = () => Promise.reject(new Error('The store is away'));

test('works with a slot and gives it back', async () => {
  const { calls, slots } = buildSlots();
  const { flow } = buildWaitingFlow();
  const result = await holdingSlot(flow, { slots, ...silently }, async () => {
    calls.push('work');
    return 'done';
  });
  expect(result).toBe('done');
  expect(calls).toEqual(['acquire run-1', 'work', 'release run-1']);
});

test('gives the slot back when the work has failed', async () => {
  const { calls, slots } = buildSlots();
  const { flow } = buildWaitingFlow();
  const failing = holdingSlot(flow, { slots, ...silently }, () =>
    Promise.reject(new Error('No such commit')),
  );
  await expect(failing).rejects.toThrow('No such commit');
  expect(calls.at(-1)).toBe('release run-1');
});

test('looks again after 5 seconds, then ever more seldom, up to a minute', async () => {
  const { slots } = buildSlots({ takenFor: 6 });
  const { flow, pauses } = buildWaitingFlow();
  await holdingSlot(flow, { slots, ...silently }, async () => 'done');
  expect(pauses).toEqual([5, 10, 20, 40, 60, 60]);
});

test('gives up after 10 hours, says why, and has not worked', async () => {
  const { calls, slots } = buildSlots({ takenFor: Infinity });
  const { flow, pauses } = buildWaitingFlow();
  const waiting = holdingSlot(flow, { slots, ...silently }, async () => calls.push('work'));
  await expect(waiting).rejects.toThrow(UpstreamError);
  await expect(waiting).rejects.toThrow('Raise runs.concurrentAnalyses');
  const hours = pauses.reduce((sum, seconds) => sum + seconds, 0) / 3_600;
  expect(hours).toBeGreaterThan(9.5);
  expect(hours).toBeLessThanOrEqual(10);
  expect(pauses.at(-1)).toBe(180);
  expect(calls).not.toContain('work');
  // The answer to its last look may have been lost.
  expect(calls.at(-1)).toBe('release run-1');
});

test('goes on looking while the slots cannot be read', async () => {
  const { slots } = buildSlots();
  const { flow, warnings } = buildWaitingFlow();
  let away = 2;
  const acquire = async (runId: string) => {
    away -= 1;
    return away >= 0 ? unreadable() : slots.acquire(runId);
  };
  expect(
    await holdingSlot(flow, { slots: { ...slots, acquire }, ...silently }, async () => 'done'),
  ).toBe('done');
  expect(warnings).toEqual(['The slots cannot be read', 'The slots cannot be read']);
});

test('has done its work also where the slot cannot be given back', async () => {
  const { slots } = buildSlots();
  const { flow, warnings } = buildWaitingFlow();
  const release = unreadable;
  expect(
    await holdingSlot(flow, { slots: { ...slots, release }, ...silently }, async () => 'done'),
  ).toBe('done');
  expect(warnings).toEqual(['The slot could not be given back']);
});

test('tells about every ten minutes that it waits, oftener than half an hour apart to the end', async () => {
  let time = 0;
  const { slots } = buildSlots({ takenFor: Infinity });
  const { flow } = buildWaitingFlow((seconds) => {
    time += seconds * 1_000;
  });
  const toldAt: number[] = [0];
  const tell = async () => void toldAt.push(time);
  const waiting = holdingSlot(flow, { slots, tell, now: () => time }, async () => 'done');
  await expect(waiting).rejects.toThrow(UpstreamError);
  const minutes = toldAt.slice(1).map((at, index) => (at - (toldAt[index] ?? 0)) / 60_000);
  expect(minutes.length).toBeGreaterThan(40);
  expect(Math.min(...minutes)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...minutes)).toBeLessThan(14);
});

test('says nothing of a wait that is short', async () => {
  let time = 0;
  const { slots } = buildSlots({ takenFor: 6 });
  const { flow } = buildWaitingFlow((seconds) => {
    time += seconds * 1_000;
  });
  const wait = { slots, tell: nobodyIsTold, now: () => time };
  expect(await holdingSlot(flow, wait, async () => 'done')).toBe('done');
});

test('asks for no slot where the host keeps to the limit', async () => {
  const { flow, tasks } = buildWaitingFlow();
  expect(await holdingSlot(flow, { slots: undefined, ...silently }, async () => 'done')).toBe(
    'done',
  );
  expect(tasks).toEqual([]);
});
