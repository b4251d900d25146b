import { expect, test } from 'vitest';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { startAnalysisHost } from '../../support/analysis-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

/** What starts the analysis of a component that lies in a folder of its own. */
function buildInput() {
  const path = folderWith({ 'orders/total.py': 'def total(prices):\n    return sum(prices)\n' });
  const source = { kind: 'folder', path };
  return { repository: 'shop', component: 'orders', paths: ['orders/**'], source };
}

function taskOf(run: RunDetail, name: string) {
  const task = run.tasks.find((candidate) => candidate.name === name);
  if (task === undefined) throw new Error(`${run.id} has no task ${name}`);
  return task;
}

test('analyses wait for a slot where the host has no limit of its own', async () => {
  const input = buildInput();
  const { engine, start } = startAnalysisHost({
    config: { runs: { concurrentAnalyses: 1 } },
    withLeases: true,
  });
  const ids = [await start(input), await start(input)];
  const runs = await Promise.all(ids.map(async (id) => engine.waitForRun(id)));
  expect(runs.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);

  const attempts = runs.map((run) => taskOf(run, 'wait for a slot').attempts);
  expect(attempts.toSorted((one, other) => one - other)).toEqual([1, 2]);
  const [first, second] = attempts[0] === 1 ? runs : runs.toReversed();
  if (first === undefined || second === undefined) throw new Error('Two runs were started');
  const begun = taskOf(second, 'get component files').startedAt;
  const released = taskOf(first, 'give back the slot').startedAt;
  expect(begun >= released).toBe(true);
});

test('an analysis that fails gives its slot back', async () => {
  let broken = true;
  const input = buildInput();
  const { analyse } = startAnalysisHost({
    config: { runs: { concurrentAnalyses: 1 } },
    withLeases: true,
    change: (tasks) => ({
      report: (...given) => {
        if (!broken) return tasks.report(...given);
        broken = false;
        throw new RequestRejectedError('invalid', 'No report of this');
      },
    }),
  });
  const failed = await analyse(input);
  const next = await analyse(input);
  expect([failed.state, next.state]).toEqual(['failed', 'succeeded']);
  expect(taskOf(next, 'wait for a slot').attempts).toBe(1);
});
