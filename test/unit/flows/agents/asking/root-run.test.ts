import { expect, test } from 'vitest';
import type { RunSummary } from '../../../../../lib/domain/run.ts';
import { findRootRun } from '../../../../../lib/flows/agents/asking/root-run.ts';
import { runSummary } from '../../../../builders/runs.ts';

function runsOf(...summaries: RunSummary[]) {
  return { getSummary: async (id: string) => summaries.find((summary) => summary.id === id) };
}

const first = runSummary({ id: 'run-1', state: 'failed' });
const second = runSummary({ id: 'run-2', cause: { kind: 'run', runId: 'run-1' } });

test('a run that was started again goes on with the one before', async () => {
  expect(await findRootRun('run-2', runsOf(first, second))).toBe('run-1');
});

test('a run of which the one before is gone begins', async () => {
  expect(await findRootRun('run-2', runsOf(second))).toBe('run-2');
});

test('a run that is not found is looked for again, and does not pass for one that begins', async () => {
  await expect(findRootRun('run-2', runsOf(first))).rejects.toMatchObject({
    name: 'UpstreamError',
    retryable: true,
  });
});
