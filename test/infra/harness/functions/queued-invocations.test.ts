import { expect, test } from 'vitest';
import type { InvocationResult } from '../../../support/lambda/lambda-process.ts';
import { createQueuedInvocations } from './queued-invocations.ts';

const failed: InvocationResult = { status: 'error', payload: null, ms: 0, requestId: 'request' };
const succeeded: InvocationResult = { ...failed, status: 'ok' };

/** A function that fails so often, then does not. */
function createFunction(failures: number) {
  const seen: unknown[] = [];
  const deadLetters: unknown[] = [];
  return {
    seen,
    deadLetters,
    retries: 2,
    invoke: async (event: unknown) => {
      seen.push(event);
      return seen.length > failures ? succeeded : failed;
    },
    onFailure: async (event: unknown) => void deadLetters.push(event),
  };
}

test.each([
  [0, 1, 0],
  [2, 3, 0],
  [3, 3, 1],
])('an event that fails %i times is tried %i times', async (failures, attempts, letters) => {
  const queued = createQueuedInvocations(0);
  const target = createFunction(failures);

  queued.add(target, { n: 1 });
  await queued.idle();

  expect(target.seen).toHaveLength(attempts);
  expect(target.deadLetters).toHaveLength(letters);
});

test('a queue that is stopped tries nothing again', async () => {
  const queued = createQueuedInvocations(1);
  const target = createFunction(9);

  queued.add(target, {});
  await Promise.resolve();
  queued.stop();
  await queued.idle();

  expect(target.seen).toHaveLength(1);
  expect(target.deadLetters).toEqual([]);
});
