import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLinearBudget } from '../../../lib/adapters/linear/budget.ts';
import { createLinear } from '../../../lib/adapters/linear/linear.ts';
import { messageOf } from '../../../lib/domain/errors.ts';
import type { Urgency } from '../../../lib/ports/issue-tracker.ts';
import type { Store } from '../../../lib/ports/store.ts';
import { setLogSink, writeJsonLine, type LogRecord } from '../../../lib/runtime/logging.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { linearUnderTest, nothingMore } from './linear-under-test.ts';

const start = Date.parse('2026-11-22T10:00:00.000Z');

let records: LogRecord[] = [];
beforeEach(() => {
  records = [];
  setLogSink((record) => void records.push(record));
});
afterEach(() => setLogSink(writeJsonLine));

/** Forty requests an hour, on a clock of the test's own. */
async function scarceLinear() {
  const clock = { now: start };
  const found = await linearUnderTest({
    seed: { now: () => clock.now, limits: { requestsPerHour: 40 } },
  });
  const ask = async (urgency: Urgency, tracker = found.tracker) =>
    await tracker.getIssue('ENG-1', nothingMore, { urgency });
  const use = async (requests: number) => {
    for (let used = 0; used < requests; used += 1) await ask('answer');
  };
  return { ...found, ask, use, clock };
}

test('what is left is kept for upkeep first, then for answers', async () => {
  const { ask, use } = await scarceLinear();
  await use(20);
  await ask('progress');
  await expect(ask('progress')).rejects.toMatchObject({ retryable: true, status: 429 });
  await use(9);
  await ask('upkeep');
  await expect(ask('upkeep')).rejects.toMatchObject({ retryable: true, status: 429 });
  await use(9);
});

test('an answer is refused before a request that Linear would refuse', async () => {
  const { ask, server, use } = await scarceLinear();
  await use(40);
  await expect(ask('answer')).rejects.toMatchObject({ retryable: true, status: 429 });
  expect(server.requests).toHaveLength(40);
});

test('those that ask at the same time do not take the last requests together', async () => {
  const { ask, server, use } = await scarceLinear();
  await use(37);
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => ask('answer')));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(server.requests).toHaveLength(40);
});

test('a refusal says until when, and is over by then', async () => {
  const { ask, clock, use } = await scarceLinear();
  await use(24);
  const failure = await ask('progress').catch((error: unknown) => error);
  // Four requests above the half come back in six minutes.
  expect(messageOf(failure)).toBe(
    'Of the requests that Linear allows, 40 % are left. Showing progress waits until 2026-11-22 10:06 UTC.',
  );
  clock.now += 6 * 60_000;
  await ask('progress');
});

test('another process knows what is left before its first request', async () => {
  const { ask, options, use } = await scarceLinear();
  await use(24);
  const { tracker } = createLinear(options);
  await expect(ask('progress', tracker)).rejects.toMatchObject({ status: 429 });
});

test('an app and a person have an allowance each', async () => {
  const { ask, options, server, use } = await scarceLinear();
  await use(40);
  server.setLimits({ requestsPerHour: 2_500 });
  const { clientId, clientSecret } = server.credentials;
  const secrets = buildSecrets({ LINEAR_CLIENT_ID: clientId, LINEAR_CLIENT_SECRET: clientSecret });
  const { tracker } = createLinear({ ...options, secrets });
  expect(await ask('progress', tracker)).toBeDefined();
});

test('what is left can be read, up to a twentieth', async () => {
  const { store, use } = await scarceLinear();
  expect(await readLinearBudget(store)).toBeUndefined();
  await use(10);
  const { requests } = (await readLinearBudget(store)) ?? {};
  expect(requests?.limit).toBe(40);
  expect(Math.abs((requests?.remaining ?? 0) - 30)).toBeLessThanOrEqual(2);
});

test('running out is logged when it changes, not with every request', async () => {
  const { ask, clock, use } = await scarceLinear();
  await use(22);
  await ask('progress').catch(() => undefined);
  await use(3);
  clock.now += 3_600_000;
  await use(1);
  expect(records.map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'Linear requests are running out'],
    ['info', 'There are enough requests to Linear again'],
  ]);
});

test('the store is written where something has changed, not with every request', async () => {
  const { ask, clock, options, server } = await scarceLinear();
  server.setLimits({ requestsPerHour: 2_500 });
  let writes = 0;
  const store: Store = {
    ...options.store,
    put: async (item, ifVersion) => {
      writes += 1;
      return await options.store.put(item, ifVersion);
    },
  };
  const { tracker } = createLinear({ ...options, store });
  for (let asked = 0; asked < 10; asked += 1) await ask('answer', tracker);
  expect(writes).toBeLessThanOrEqual(2);
  clock.now += 10_000;
  await ask('answer', tracker);
  expect(writes).toBeLessThanOrEqual(3);
});
