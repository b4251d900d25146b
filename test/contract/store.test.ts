import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../lib/adapters/sqlite/store.ts';
import { RequestRejectedError } from '../../lib/domain/errors.ts';
import type { ListQuery, Store } from '../../lib/ports/store.ts';
import { storeImplementations } from '../support/store-implementations.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function keysOf(store: Store, query: ListQuery): Promise<string[]> {
  return (await store.list('p', query)).items.map(({ key }) => key);
}

/** All pages of a list. */
async function readThrough(store: Store, query: ListQuery): Promise<string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list('p', { ...query, cursor });
    keys.push(...page.items.map(({ key }) => key));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return keys;
}

/** What every implementation of the port has to do. */
describe.each(await storeImplementations())('Store: %s', (_, openStore) => {
  const create = async (now: () => number = () => 1_000) => openStore(now);

  test('gives back what was written, with its places and its end', async () => {
    const store = await create();
    const item = {
      partition: 'p',
      key: 'github:a-1',
      value: { text: 'späße', list: [1, null] },
      sort: { byTime: '2026-01-01', open: '1' },
      expiresAt: 5_000,
    };
    await store.put(item);
    expect(await store.get('p', 'github:a-1')).toEqual({ ...item, version: expect.any(Number) });
    expect(await store.get('p', 'github:a-2')).toBeUndefined();
    expect(await store.get('q', 'github:a-1')).toBeUndefined();
  });

  test('adds an item once, however many do so at a time', async () => {
    const store = await create();
    const added = await Promise.all(
      [0, 1, 2].map(async (value) => store.add({ partition: 'p', key: 'k', value })),
    );
    expect(added.filter(Boolean)).toHaveLength(1);
    expect((await store.get('p', 'k'))?.value).toBe(added.indexOf(true));
  });

  test('replaces the whole item', async () => {
    const store = await create();
    await store.put({ partition: 'p', key: 'k', value: 1, sort: { open: '1' }, expiresAt: 2_000 });
    await store.put({ partition: 'p', key: 'k', value: 2 });
    const { version: _version, ...item } = (await store.get('p', 'k')) ?? { version: 0 };
    expect(item).toEqual({ partition: 'p', key: 'k', value: 2, sort: {} });
    expect(await keysOf(store, { index: 'open', limit: 10 })).toEqual([]);
  });

  test('writes over the version that was read, and over no other', async () => {
    const store = await create();
    await store.put({ partition: 'p', key: 'k', value: 'read' });
    const version = (await store.get('p', 'k'))?.version;
    const written = await Promise.all(
      [0, 1, 2].map(async (value) => store.put({ partition: 'p', key: 'k', value }, version)),
    );
    expect(written.filter(Boolean)).toHaveLength(1);
    expect((await store.get('p', 'k'))?.value).toBe(written.indexOf(true));
  });

  test('writes over nothing where a version is asked for and the item is gone', async () => {
    const store = await create();
    await store.put({ partition: 'p', key: 'k', value: 0 });
    const version = (await store.get('p', 'k'))?.version;
    await store.remove('p', 'k');
    expect(await store.put({ partition: 'p', key: 'k', value: 1 }, version)).toBe(false);
    expect(await store.get('p', 'k')).toBeUndefined();
  });

  test('takes a version of a removed item for no version of its successor', async () => {
    const store = await create();
    await store.put({ partition: 'p', key: 'k', value: 'first' });
    await store.put({ partition: 'p', key: 'k', value: 'first, changed' });
    const version = (await store.get('p', 'k'))?.version;
    await store.remove('p', 'k');
    await store.add({ partition: 'p', key: 'k', value: 'second' });
    await store.put({ partition: 'p', key: 'k', value: 'second, changed' });
    expect(await store.put({ partition: 'p', key: 'k', value: 'late' }, version)).toBe(false);
  });

  test('removes what is there and does not mind what is not', async () => {
    const store = await create();
    await store.add({ partition: 'p', key: 'k', value: 1 });
    await store.remove('p', 'k');
    await store.remove('p', 'k');
    expect(await store.get('p', 'k')).toBeUndefined();
  });

  test('counts an item as absent from its end on', async () => {
    let time = 1_000;
    const store = await create(() => time);
    const item = { partition: 'p', key: 'k', sort: { byTime: '1' }, expiresAt: 2_000 };
    await store.put({ ...item, value: 'old' });
    time = 1_999;
    expect(await keysOf(store, { index: 'byTime', limit: 1 })).toEqual(['k']);
    time = 2_000;
    expect(await store.get('p', 'k')).toBeUndefined();
    expect(await keysOf(store, { index: 'byTime', limit: 1 })).toEqual([]);
    expect(await store.add({ ...item, value: 'new', expiresAt: 9_000 })).toBe(true);
    expect((await store.get('p', 'k'))?.value).toBe('new');
  });

  test('lists a partition by key, both ways, and by the beginning of the key', async () => {
    const store = await create();
    for (const key of ['b:2', 'a:1', 'b:10', 'c:1']) {
      await store.put({ partition: 'p', key, value: key });
    }
    await store.put({ partition: 'q', key: 'b:0', value: 0 });
    expect(await keysOf(store, { limit: 10 })).toEqual(['a:1', 'b:10', 'b:2', 'c:1']);
    expect(await keysOf(store, { limit: 2, descending: true })).toEqual(['c:1', 'b:2']);
    expect(await keysOf(store, { limit: 10, prefix: 'b:' })).toEqual(['b:10', 'b:2']);
    expect(await readThrough(store, { limit: 1, prefix: 'b:' })).toEqual(['b:10', 'b:2']);
  });

  test('lists only what has a place in the list, in the order of the places', async () => {
    const store = await create();
    const places = { one: '3', two: '1', three: undefined, four: '2' };
    for (const [key, open] of Object.entries(places)) {
      const sort = open === undefined ? {} : { open };
      await store.put({ partition: 'p', key, value: 0, sort });
    }
    expect(await keysOf(store, { index: 'open', limit: 10 })).toEqual(['two', 'four', 'one']);
    expect(await keysOf(store, { index: 'byTime', limit: 10 })).toEqual([]);
  });

  test('pages through equal places without leaving out or repeating any', async () => {
    const store = await create();
    const keys = Array.from(
      { length: 25 },
      (_value, index) => `k-${String(index).padStart(2, '0')}`,
    );
    for (const key of keys) {
      await store.put({ partition: 'p', key, value: 0, sort: { byTime: 'same' } });
    }
    expect(await readThrough(store, { index: 'byTime', limit: 4 })).toEqual(keys);
    expect(await readThrough(store, { index: 'byTime', limit: 4, descending: true })).toEqual(
      keys.toReversed(),
    );
    expect(await readThrough(store, { index: 'byTime', limit: 5 })).toEqual(keys);
  });

  test('goes on behind a page whose items have left the list', async () => {
    const store = await create();
    for (const key of ['a', 'b', 'c', 'd']) {
      await store.put({ partition: 'p', key, value: 0, sort: { open: key } });
    }
    const first = await store.list('p', { index: 'open', limit: 2 });
    for (const { key } of first.items) await store.put({ partition: 'p', key, value: 1 });
    const rest = await store.list('p', { index: 'open', limit: 2, cursor: first.next ?? '' });
    expect(rest.items.map(({ key }) => key)).toEqual(['c', 'd']);
    expect(rest.next).toBeNull();
  });

  test.each(['x', '', 'WzFd', 'null'])(
    'refuses the cursor %j, which it has not given',
    async (cursor) => {
      const store = await create();
      await expect(store.list('p', { limit: 1, cursor })).rejects.toThrow(RequestRejectedError);
    },
  );

  test.each(['byTime', 'open', undefined] as const)(
    'refuses the cursor of another list than by %s',
    async (index) => {
      const store = await create();
      for (const key of ['a:1', 'a:2', 'b:1']) {
        await store.put({ partition: 'p', key, value: 0, sort: { byTime: key, open: key } });
      }
      const { next } = await store.list('p', { limit: 1, ...(index && { index }) });
      const cursor = next ?? '';
      const others: ListQuery[] = [
        { limit: 1, cursor, index: index === 'open' ? 'byTime' : 'open' },
        { limit: 1, cursor, descending: true, ...(index && { index }) },
        { limit: 1, cursor, prefix: 'b:', ...(index && { index }) },
      ];
      for (const other of others) {
        await expect(store.list('p', other)).rejects.toThrow(RequestRejectedError);
      }
    },
  );

  test('goes on behind items that have expired, however many they are', async () => {
    const store = await create(() => 5_000);
    for (let number = 100; number < 140; number += 1) {
      const item = {
        partition: 'p',
        key: `k-${number}`,
        sort: { byTime: String(number) },
        value: 0,
      };
      await store.put({ ...item, ...(number % 20 !== 0 && { expiresAt: 4_000 }) });
    }
    expect(await readThrough(store, { limit: 1 })).toEqual(['k-100', 'k-120']);
    expect(await readThrough(store, { index: 'byTime', limit: 1, descending: true })).toEqual([
      'k-120',
      'k-100',
    ]);
  });

  test('writes over no version of an item that has expired', async () => {
    let time = 1_000;
    const store = await create(() => time);
    const item = { partition: 'p', key: 'k', value: 'old', expiresAt: 2_000 };
    await store.put(item);
    const version = (await store.get('p', 'k'))?.version;
    time = 2_000;
    expect(await store.put({ ...item, value: 'late', expiresAt: 9_000 }, version)).toBe(false);
    expect(await store.get('p', 'k')).toBeUndefined();
  });

  test('gives every writer of a counter its turn', async () => {
    const store = await create();
    const count = async () => {
      for (;;) {
        const item = await store.get('p', 'count');
        const value = Number(item?.value ?? 0) + 1;
        const next = { partition: 'p', key: 'count', value };
        if (await (item ? store.put(next, item.version) : store.add(next))) return;
      }
    };
    await Promise.all(Array.from({ length: 8 }, count));
    expect((await store.get('p', 'count'))?.value).toBe(8);
  });

  test('orders places as text, also where one is the beginning of another', async () => {
    const store = await create();
    const places = { z: '1', a: '1 a', m: '10', b: '1', c: 'é', d: '' };
    for (const [key, byTime] of Object.entries(places)) {
      await store.put({ partition: 'p', key, value: 0, sort: { byTime } });
    }
    const { items } = await store.list('p', { index: 'byTime', limit: 10 });
    expect(items.map(({ key, sort }) => [key, sort?.byTime])).toEqual([
      ['d', ''],
      ['b', '1'],
      ['z', '1'],
      ['a', '1 a'],
      ['m', '10'],
      ['c', 'é'],
    ]);
  });

  test('keeps values exactly: numbers, empty texts, nothing at all, 200 KB', async () => {
    const store = await create();
    const values = [
      0.1 + 0.2,
      Number.MAX_SAFE_INTEGER,
      '',
      { a: '', b: null, c: [], d: { e: {} } },
      '\u{1F600}'.repeat(49_999),
      'x'.repeat(199_998),
    ];
    for (const [index, value] of values.entries()) {
      await store.put({ partition: 'p', key: `k-${index}`, value, sort: { byTime: '1' } });
    }
    const { items } = await store.list('p', { index: 'byTime', limit: 10 });
    expect(items.map(({ value }) => value)).toEqual(values);
    expect((await store.get('p', 'k-4'))?.value).toBe(values[4]);
  });

  test('lists more than one answer of the service holds', async () => {
    const store = await create();
    const value = 'x'.repeat(150_000);
    const keys = Array.from({ length: 10 }, (_value, index) => `k-${index}`);
    for (const key of keys) await store.put({ partition: 'p', key, value });
    expect(await keysOf(store, { limit: 10 })).toEqual(keys);
  });

  test.each([undefined, () => 1, 'x'.repeat(199_999), '\u{1F600}'.repeat(50_000)])(
    'refuses a value that cannot be kept, and keeps what is written beside it',
    async (value) => {
      const store = await create();
      const [good, bad] = await Promise.allSettled([
        store.add({ partition: 'p', key: 'good', value: 1 }),
        store.add({ partition: 'p', key: 'bad', value }),
      ]);
      expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(RequestRejectedError) });
      expect(good).toEqual({ status: 'fulfilled', value: true });
      expect(await keysOf(store, { limit: 10 })).toEqual(['good']);
    },
  );
});

describe('Store in SQLite', () => {
  test('keeps what it has promised for the next to open the file', async () => {
    const file = join(temporaryFolder(), 'store.db');
    const first = openSqliteStore(file);
    await first.add({ partition: 'p', key: 'k', value: 1 });
    const reader = openSqliteStore(file, { readOnly: true });
    expect((await reader.get('p', 'k'))?.value).toBe(1);
    await reader.close();
    await first.close();
  });

  test('is closed only when the writes under way are done', async () => {
    const file = join(temporaryFolder(), 'store.db');
    const first = openSqliteStore(file);
    const adding = first.add({ partition: 'p', key: 'k', value: 1 });
    await first.close();
    expect(await adding).toBe(true);
  });

  test('removes the rows of what has expired, and no others', async () => {
    let time = 1_000;
    const store = openSqliteStore(':memory:', { now: () => time });
    onTestFinished(async () => store.close());
    await store.put({ partition: 'p', key: 'old', value: 1, expiresAt: 2_000 });
    await store.put({ partition: 'p', key: 'new', value: 1, expiresAt: 3_000 });
    await store.put({ partition: 'p', key: 'kept', value: 1 });
    time = 2_000;
    expect(await store.sweep()).toEqual({ removed: 1 });
    expect(await store.sweep()).toEqual({ removed: 0 });
    expect(await keysOf(store, { limit: 10 })).toEqual(['kept', 'new']);
  });
});
