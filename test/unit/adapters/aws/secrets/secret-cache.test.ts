import { beforeEach, expect, test } from 'vitest';
import { createSecretCache } from '../../../../../lib/adapters/aws/secrets/secret-cache.ts';
import { setLogSink, type LogRecord } from '../../../../../lib/runtime/logging.ts';

const second = 1_000;
const minute = 60 * second;
const name = 'GITHUB_WEBHOOK_SECRET';

const logged: LogRecord[] = [];
beforeEach(() => {
  logged.length = 0;
  setLogSink((record) => logged.push(record));
});

/** A cache over values that a test changes, by a clock that a test moves. */
function prepare(values: readonly string[] = ['first']) {
  const world = { now: 0, values, isDown: false, reads: [] as string[] };
  const cache = createSecretCache(
    async (asked) => {
      world.reads.push(asked);
      if (world.isDown) throw new Error('Secrets Manager is down');
      return world.values;
    },
    () => world.now,
  );
  return { cache, world };
}

/** Until what was begun in the background is over. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test('a secret is read when it is asked for, once for all who ask', async () => {
  const { cache, world } = prepare();
  const answers = await Promise.all([cache.get(name), cache.get(name), cache.get('GITHUB_TOKEN')]);
  expect(answers).toEqual([['first'], ['first'], ['first']]);
  expect(await cache.get(name)).toEqual(['first']);
  expect(world.reads).toEqual([name, 'GITHUB_TOKEN']);
});

test('after five minutes it is read anew while the known value is in use', async () => {
  const { cache, world } = prepare();
  await cache.get(name);
  world.values = ['second', 'first'];
  world.now = 5 * minute - 1;
  expect(await cache.get(name)).toEqual(['first']);
  expect(world.reads).toHaveLength(1);
  world.now = 5 * minute;
  expect(await cache.get(name)).toEqual(['first']);
  await settled();
  expect(await cache.get(name)).toEqual(['second', 'first']);
  expect(world.reads).toHaveLength(2);
});

test('a value that has slept for a quarter of an hour is not used before it is read anew', async () => {
  const { cache, world } = prepare();
  await cache.get(name);
  world.values = ['second'];
  world.now = 15 * minute;
  expect(await cache.get(name)).toEqual(['second']);
});

test('a reading that froze in the background gives way to a new one', async () => {
  let now = 0;
  const frozen = Promise.withResolvers<string[]>();
  const answers = [Promise.resolve(['first']), frozen.promise, Promise.resolve(['second'])];
  const cache = createSecretCache(
    async () => answers.shift() ?? [],
    () => now,
  );
  await cache.get(name);
  now = 5 * minute;
  expect(await cache.get(name)).toEqual(['first']);
  now = 60 * minute;
  const afterThaw = cache.get(name);
  frozen.reject(new Error('It has taken too long'));
  expect(await afterThaw).toEqual(['second']);
});

test('that a secret is not set is believed for ten seconds', async () => {
  const { cache, world } = prepare([]);
  expect(await cache.get(name)).toEqual([]);
  world.values = ['set'];
  world.now = 10 * second;
  await cache.get(name);
  await settled();
  expect(await cache.get(name)).toEqual(['set']);
});

test('where it cannot be read anew the known value stays, and one line of log says so', async () => {
  const { cache, world } = prepare();
  await cache.get(name);
  world.isDown = true;
  for (const at of [5 * minute, 6 * minute, 90 * minute]) {
    world.now = at;
    expect(await cache.get(name)).toEqual(['first']);
    await settled();
  }
  expect(world.reads).toHaveLength(4);
  expect(logged.map(({ level, fields }) => [level, fields['secret'], fields['error']])).toEqual([
    ['warn', name, 'Secrets Manager is down'],
  ]);

  world.isDown = false;
  world.now = 91 * minute;
  world.values = ['second'];
  expect(await cache.get(name)).toEqual(['second']);
});

test('while reading fails it is tried every ten seconds', async () => {
  const { cache, world } = prepare();
  await cache.get(name);
  world.isDown = true;
  for (const at of [0, 1, 9, 10]) {
    world.now = 5 * minute + at * second;
    await cache.get(name);
    await settled();
  }
  expect(world.reads).toHaveLength(3);
});

test('a secret that was never read fails those who ask, and is tried again by the next', async () => {
  const { cache, world } = prepare();
  world.isDown = true;
  await expect(cache.get(name)).rejects.toThrow('Secrets Manager is down');
  world.isDown = false;
  expect(await cache.get(name)).toEqual(['first']);
  expect(logged).toEqual([]);
});

test('whoever waits for a reading that fails tries once more', async () => {
  const { cache, world } = prepare();
  world.isDown = true;
  const begun = cache.get(name).catch(() => 'failed');
  const delivery = cache.get(name);
  world.isDown = false;
  expect(await begun).toBe('failed');
  expect(await delivery).toEqual(['first']);
});

test('a refresh reads what was asked for before, and nothing else', async () => {
  const { cache, world } = prepare();
  await cache.get(name);
  world.values = ['second'];
  expect(await cache.refresh()).toBe(true);
  expect(await cache.get(name)).toEqual(['second']);
  expect(world.reads).toEqual([name, name]);
});

test('a refresh is done once in ten seconds; who comes meanwhile shares it, who comes later has none', async () => {
  const { cache, world } = prepare();
  await cache.get(name);
  expect(await Promise.all([cache.refresh(), cache.refresh()])).toEqual([true, true]);
  world.now = 10 * second - 1;
  expect(await cache.refresh()).toBe(false);
  expect(world.reads).toHaveLength(2);
  world.now = 10 * second;
  expect(await cache.refresh()).toBe(true);
  expect(world.reads).toHaveLength(3);
});

test('a refresh that fails says so and leaves the known value', async () => {
  const { cache, world } = prepare();
  await cache.get(name);
  world.isDown = true;
  expect(await cache.refresh()).toBe(false);
  expect(await cache.get(name)).toEqual(['first']);
});

test('a refresh does not make do with a reading that began before it', async () => {
  const waiting: ((values: string[]) => void)[] = [];
  let now = 0;
  const cache = createSecretCache(
    () => new Promise((resolve) => waiting.push(resolve)),
    () => now,
  );
  const first = cache.get(name);
  waiting.shift()?.(['first']);
  await first;
  now = 5 * minute;
  await cache.get(name);
  const refresh = cache.refresh();
  waiting.shift()?.(['first']);
  await expect.poll(() => waiting.length).toBe(1);
  waiting.shift()?.(['second']);
  expect(await refresh).toBe(true);
  expect(await cache.get(name)).toEqual(['second']);
});
