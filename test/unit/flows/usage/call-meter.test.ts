import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { listCalls } from '../../../../lib/flows/usage/call-counts.ts';
import { createCallMeter } from '../../../../lib/flows/usage/call-meter.ts';
import { setLogSink, writeJsonLine } from '../../../../lib/runtime/logging.ts';
import { buildStore } from '../../../builders/dispatch-services.ts';

const noon = Date.parse('2026-11-23T12:00:00.000Z');
const now = () => noon;

afterEach(() => {
  vi.useRealTimers();
  setLogSink(writeJsonLine);
});

test('calls are added up by service and day', async () => {
  let time = Date.parse('2026-11-23T23:59:59.000Z');
  const store = buildStore(now);
  const meter = createCallMeter(store, () => time);
  meter.count('github');
  meter.count('github');
  meter.count('linear');
  time += 1_000;
  meter.count('github');
  await meter.flush();
  expect(await listCalls(store, '2026-11-23')).toEqual([
    { day: '2026-11-24', service: 'github', calls: 1, quota: null },
    { day: '2026-11-23', service: 'linear', calls: 1, quota: null },
    { day: '2026-11-23', service: 'github', calls: 2, quota: null },
  ]);
  expect(await listCalls(store, '2026-11-24')).toHaveLength(1);
});

test('two processes at once lose nothing, and the allowance is the one that was told last', async () => {
  const store = buildStore(now);
  const one = createCallMeter(store, now);
  const other = createCallMeter(store, () => noon + 1);
  one.count('github', { limit: 5_000, remaining: 40, resetAt: null });
  for (let calls = 0; calls < 3; calls += 1) {
    other.count('github', { limit: 5_000, remaining: 39 - calls, resetAt: null });
  }
  other.count('github');
  await Promise.all([one.flush(), other.flush()]);
  expect(await listCalls(store, '2026-11-23')).toEqual([
    {
      day: '2026-11-23',
      service: 'github',
      calls: 5,
      quota: { limit: 5_000, remaining: 37, resetAt: null, at: '2026-11-23T12:00:00.001Z' },
    },
  ]);
});

test('what is counted is written within seconds, and once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const store = buildStore(now);
  const add = vi.spyOn(store, 'add');
  const meter = createCallMeter(store, now);
  for (let calls = 0; calls < 100; calls += 1) meter.count('codegen');
  vi.advanceTimersByTime(4_999);
  await setImmediate();
  expect(add).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  const list = () => listCalls(store, '2026-11-23');
  await expect.poll(list, { interval: 1 }).toMatchObject([{ calls: 100 }]);
  expect(vi.getTimerCount()).toBe(0);
  expect(add).toHaveBeenCalledOnce();
});

test('a store that fails is a matter of the next time', async () => {
  setLogSink(() => {});
  const store = buildStore(now);
  const problem = new UpstreamError('busy', { service: 'store', retryable: true });
  const failing = vi.spyOn(store, 'add').mockRejectedValue(problem);
  const meter = createCallMeter(store, now);
  meter.count('cursor');
  await meter.flush();
  failing.mockRestore();
  meter.count('cursor');
  await meter.flush();
  expect(await listCalls(store, '2026-11-23')).toMatchObject([{ calls: 2 }]);
});
