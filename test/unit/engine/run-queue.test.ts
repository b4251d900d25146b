import { expect, test } from 'vitest';
import { createRunQueue } from '../../../infra/local/engine/run-queue.ts';

function takeAll(queue: ReturnType<typeof createRunQueue>): string[] {
  const taken: string[] = [];
  for (let next = queue.take(); next; next = queue.take()) taken.push(next.runId);
  return taken;
}

test('flows take turns, runs of one flow come in order', () => {
  const queue = createRunQueue({ total: 10, perFlow: {} });
  for (const run of ['a1', 'a2', 'a3']) queue.add('a', run);
  queue.add('b', 'b1');

  expect(takeAll(queue)).toEqual(['a1', 'b1', 'a2', 'a3']);
});

test('a run that waits already is not queued twice', () => {
  const queue = createRunQueue({ total: 10, perFlow: {} });
  queue.add('a', 'a1');
  queue.add('a', 'a1');

  expect(takeAll(queue)).toEqual(['a1']);
});

test('caps hold until a run is released, in total and per flow', () => {
  const queue = createRunQueue({ total: 3, perFlow: { a: 1 } });
  for (const run of ['a1', 'a2']) queue.add('a', run);
  for (const run of ['b1', 'b2', 'b3']) queue.add('b', run);

  expect(takeAll(queue)).toEqual(['a1', 'b1', 'b2']);
  queue.release('b');
  expect(takeAll(queue)).toEqual(['b3']);
  queue.release('a');
  expect(takeAll(queue)).toEqual(['a2']);
});
