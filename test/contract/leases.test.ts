import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createLeases } from '../../lib/flows/leases/leases.ts';
import { storeImplementations } from '../support/store-implementations.ts';

const names = Array.from({ length: 12 }, (_value, index) => `run-${index}`);

describe.each(await storeImplementations())('Leases in %s', (_, openStore) => {
  const create = async (now: () => number = () => 1_000) => createLeases(await openStore(now), now);

  test('are never more than the limit, however many ask at a time', async () => {
    const leases = await create();
    const taken = await Promise.all(
      names.map(async (holder) => leases.acquire('pool', { holder, limit: 3, ttlMs: 1_000 })),
    );
    expect(taken.filter(Boolean)).toHaveLength(3);
    const again = await Promise.all(
      names.map(async (holder) => leases.acquire('pool', { holder, limit: 3, ttlMs: 1_000 })),
    );
    expect(again).toEqual(taken);
  });

  test('go to others as soon as they are given back or have ended', async () => {
    let time = 1_000;
    const leases = await create(() => time);
    const acquire = async (holder: string) =>
      leases.acquire('pool', { holder, limit: 1, ttlMs: 1_000 });
    expect(await acquire('one')).toBe(true);
    expect(await acquire('two')).toBe(false);
    await leases.release('pool', 'one');
    expect(await acquire('two')).toBe(true);
    time = 1_999;
    expect(await acquire('three')).toBe(false);
    time = 2_000;
    expect(await acquire('three')).toBe(true);
  });

  test('come and go side by side without one too many', async () => {
    const leases = await create();
    let held = 0;
    let most = 0;
    const work = async (holder: string) => {
      while (!(await leases.acquire('pool', { holder, limit: 2, ttlMs: 60_000 }))) {
        await setImmediate();
      }
      held += 1;
      most = Math.max(most, held);
      await setImmediate();
      held -= 1;
      await leases.release('pool', holder);
    };
    await Promise.all(names.map(work));
    expect(most).toBeLessThanOrEqual(2);
    expect(held).toBe(0);
  });
});
