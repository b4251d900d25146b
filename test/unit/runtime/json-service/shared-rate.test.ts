import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../../../lib/adapters/sqlite/store.ts';
import type { Store } from '../../../../lib/ports/store.ts';
import { createSharedRate } from '../../../../lib/runtime/json-service/shared-rate.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const start = Date.UTC(2026, 10, 23, 12);

function openStore(now: () => number, file = ':memory:'): Store {
  const store = openSqliteStore(file, { now });
  onTestFinished(async () => await store.close());
  return store;
}

function rateUnderTest(allowed = 3, file?: string) {
  let time = start;
  const now = () => time;
  const calls: string[] = [];
  const store = counted(openStore(now, file), calls);
  const create = (ofProcess = store) =>
    createSharedRate({
      store: ofProcess,
      key: 'codegen/creations',
      service: 'codegen',
      rule: 'Few are allowed.',
      limited: 'Codegen has had enough.',
      allowed,
      windowMs: 60_000,
      now,
    });
  const at = (seconds: number) => {
    time = start + seconds * 1_000;
  };
  return { at, calls, create, rate: create(), store };
}

function counted(store: Store, calls: string[]): Store {
  return {
    ...store,
    get: async (...query) => {
      calls.push('get');
      return await store.get(...query);
    },
    add: async (item) => {
      calls.push('add');
      return await store.add(item);
    },
    put: async (...item) => {
      calls.push('put');
      return await store.put(...item);
    },
  };
}

const full = (time: string, why = 'Few are allowed.') => ({
  message: `${why} The next one is possible at ${time} UTC.`,
  status: 429,
  retryable: true,
  service: 'codegen',
});

const limited = (time: string) => full(time, 'Codegen has had enough.');

describe('A shared rate', () => {
  test('allows so many within any time of that length, and says when there is room', async () => {
    const { at, rate } = rateUnderTest();
    for (const seconds of [0, 10, 20]) {
      at(seconds);
      await rate.take();
    }
    at(59);
    await expect(rate.take()).rejects.toMatchObject(full('12:01:00'));
    at(60);
    await rate.take();
    await expect(rate.take()).rejects.toMatchObject(full('12:01:10'));
  });

  test('is one for all processes, whatever they do at the same time', async () => {
    const file = join(temporaryFolder(), 'store.db');
    const { create, rate } = rateUnderTest(3, file);
    const openAgain = () => openStore(() => start, file);
    const rates = [rate, create(openAgain()), create(openAgain())];
    const taking = Array.from({ length: 12 }, async (_, index) => await rates[index % 3]?.take());
    const ends = await Promise.allSettled(taking);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });

  test('costs one read and one write', async () => {
    const { calls, rate } = rateUnderTest();
    await rate.take();
    await rate.take();
    expect(calls).toEqual(['get', 'add', 'get', 'put']);
  });

  test('pauses for all when the service has had enough, for as long as it says', async () => {
    const { at, create, rate } = rateUnderTest();
    await rate.pause(start + 45_000);
    await expect(create().take()).rejects.toMatchObject(limited('12:00:45'));
    at(45);
    await create().take();
  });

  test('pauses a while where the service does not say for how long', async () => {
    const { at, rate } = rateUnderTest();
    await rate.pause(null);
    await expect(rate.take()).rejects.toMatchObject(limited('12:00:20'));
    at(20);
    await rate.take();
  });

  test('does not pause for hours because a clock is wrong', async () => {
    const { at, rate } = rateUnderTest();
    await rate.pause(start + 86_400_000);
    await expect(rate.take()).rejects.toMatchObject(limited('12:10:00'));
    at(600);
    await rate.take();
  });

  test('gives up where the item is taken away from it again and again', async () => {
    const { create, store } = rateUnderTest();
    Object.assign(store, { add: async () => false });
    await expect(create().take()).rejects.toMatchObject({
      message: 'Few are allowed. Too many ask for the next one at the same time.',
      status: 429,
      retryable: true,
    });
  });

  test('begins anew over what another version has written', async () => {
    const { rate, store } = rateUnderTest(1);
    await store.put({ partition: 'rates', key: 'codegen/creations', value: { count: 7 } });
    await rate.take();
    await expect(rate.take()).rejects.toMatchObject({ status: 429 });
  });
});
