import { afterEach, expect, test } from 'vitest';
import { doAfterInvocation } from '../../../lib/runtime/after-invocation.ts';
import { setLogSink, writeJsonLine, type LogRecord } from '../../../lib/runtime/logging.ts';

afterEach(() => setLogSink(writeJsonLine));

test('is waited for', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isOver = false;
  const done = doAfterInvocation(() => promise, { flow: 'greet' }).then(() => (isOver = true));
  await Promise.resolve();
  expect(isOver).toBe(false);
  resolve();
  await done;
});

test('fails nothing, and says so', async () => {
  const logged: LogRecord[] = [];
  setLogSink((record) => logged.push(record));
  await doAfterInvocation(() => Promise.reject(new Error('no room')), { flow: 'greet' });
  expect(logged).toMatchObject([{ level: 'warn', fields: { flow: 'greet', error: 'no room' } }]);
});

test('holds nothing up', async () => {
  const endless = new Promise<void>(() => {});
  const done = doAfterInvocation(() => endless, { flow: 'greet', limitMs: 1 });
  await expect(done).resolves.toBeUndefined();
});
