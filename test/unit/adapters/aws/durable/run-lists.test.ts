import { expect, test } from 'vitest';
import { listRuns } from '../../../../../lib/adapters/aws/durable/run-lists.ts';
import { newRunRecord, withChange } from '../../../../../lib/adapters/aws/durable/run-record.ts';
import type { RunState } from '../../../../../lib/domain/run.ts';
import type { ListQuery, Store } from '../../../../../lib/ports/store.ts';

function record(id: number, state: RunState) {
  const run = newRunRecord({
    id: `r-${id}`,
    arn: `arn:aws:lambda:eu-west-1:1:function:f:1/durable-execution/n/r-${id}`,
    flow: 'f',
    name: `n-${id}`,
    input: {},
    cause: { kind: 'cli' },
    startedAt: 1_000_000 - id,
  });
  const endedAt = new Date(2_000_000).toISOString();
  return withChange(run, { state, endedAt, result: null, error: null });
}

/** A partition of so many runs, of which every hundredth was stopped, and what was read of it. */
function partitionOf(count: number) {
  const values = Array.from({ length: count }, (_, id) =>
    record(id, id % 100 === 99 ? 'stopped' : 'succeeded'),
  );
  const reads: string[] = [];
  const store: Pick<Store, 'list'> = {
    async list(partition: string, { cursor = '0', limit }: ListQuery) {
      reads.push(partition);
      const end = Number(cursor) + limit;
      const items = values.slice(Number(cursor), end);
      return {
        items: items.map((value) => ({ partition, key: value.id, value, version: 1 })),
        next: end < count ? String(end) : null,
      };
    },
  };
  return { reads, store };
}

test('a list in which few fit is read in pieces, and goes on where it was left', async () => {
  const { reads, store } = partitionOf(1_000);
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const before = reads.length;
    const page = await listRuns(store, { state: 'stopped', limit: 20, cursor });
    expect(reads.length - before).toBeLessThanOrEqual(25);
    found.push(...page.runs.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(found).toEqual([99, 199, 299, 399, 499, 599, 699, 799, 899, 999].map((id) => `r-${id}`));
});

test.each([
  [{}, 'runs'],
  [{ flow: 'f' }, 'runs/of/f'],
  [{ select: 'without-routine' }, 'runs/without-routine'],
  [{ select: 'without-routine', flow: 'f' }, 'runs/without-routine'],
  [{ select: 'attention' }, 'runs/attention'],
  [{ state: 'failed' }, 'runs/attention'],
  [{ state: 'stopped', flow: 'f' }, 'runs/without-routine'],
  [{ state: 'running' }, 'runs'],
  [{ state: 'running', flow: 'f', select: 'without-routine' }, 'runs/of/f'],
] as const)('%o is answered by the shortest list that has all of it', async (query, partition) => {
  const { reads, store } = partitionOf(3);
  await listRuns(store, { ...query, limit: 1_000 });
  expect(reads).toEqual([partition]);
});

test('what another version has recorded is left out', async () => {
  const store: Pick<Store, 'list'> = {
    list: async (partition) => ({
      items: [{ partition, key: 'r-0', value: { shape: 'of tomorrow' }, version: 1 }],
      next: null,
    }),
  };
  expect(await listRuns(store, { limit: 10 })).toEqual({ runs: [], next: null });
});
