import { expect, test } from 'vitest';
import type { RunSummary } from '../../../lib/domain/run.ts';
import { listRunsOfLastDay } from '../../../lib/flows/recent-runs.ts';
import type { RunQuery } from '../../../lib/ports/runs.ts';
import { runSummary } from '../../builders/runs.ts';

const now = Date.parse('2026-03-02T10:00:00.000Z');

/** So many runs, one a minute, the newest first; tells which pages were asked for. */
function listing(count: number) {
  const all = Array.from({ length: count }, (_, index): RunSummary =>
    runSummary({
      id: `run-${index}`,
      startedAt: new Date(now - index * 60_000).toISOString(),
    }),
  );
  const cursors: (string | undefined)[] = [];
  return {
    cursors,
    list: async ({ cursor, limit }: RunQuery) => {
      cursors.push(cursor);
      const start = Number(cursor ?? 0);
      const end = start + limit;
      return { runs: all.slice(start, end), next: end < count ? String(end) : null };
    },
  };
}

test('gives the runs of 24 hours, and reads no page behind them', async () => {
  const runs = listing(5_000);
  const found = await listRunsOfLastDay(runs, now);
  expect(found).toHaveLength(24 * 60);
  expect(found.at(-1)?.startedAt).toBe('2026-03-01T10:01:00.000Z');
  expect(runs.cursors).toEqual([undefined, '500', '1000']);
});

test('ends where there are no more runs', async () => {
  const runs = listing(500);
  expect(await listRunsOfLastDay(runs, now)).toHaveLength(500);
  expect(runs.cursors).toEqual([undefined]);
});
