import { expect, onTestFinished, test } from 'vitest';
import { tellAgentsAtWork, tellWaitingRuns } from '../../../infra/local/work-under-way.ts';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { buildAgentDesk } from '../../builders/agent-desk.ts';
import { buildAgentRun } from '../../builders/agent-runs.ts';
import { runSummary } from '../../builders/runs.ts';

/** What was logged, with its fields. */
function logged(): unknown[] {
  const lines: unknown[] = [];
  setLogSink(({ fields, message }) => void lines.push([message, fields]));
  onTestFinished(() => setLogSink(writeJsonLine));
  return lines;
}

test('a host that stops tells of agents that go on, and no others', async () => {
  const lines = logged();
  const { desk } = await buildAgentDesk({
    agentRuns: [buildAgentRun({ id: 'a' }), buildAgentRun({ id: 'b', state: 'succeeded' })],
  });
  await tellAgentsAtWork(desk);
  await tellAgentsAtWork((await buildAgentDesk()).desk);
  expect(lines).toEqual([
    [expect.stringContaining('Agents go on working'), expect.objectContaining({ agentRuns: 1 })],
  ]);
});

test('a host that starts tells of runs that wait', async () => {
  const lines = logged();
  await tellWaitingRuns({ list: async () => ({ runs: [runSummary()], next: null }) });
  await tellWaitingRuns({ list: async () => ({ runs: [], next: null }) });
  expect(lines).toEqual([['Runs go on waiting', { runs: 1 }]]);
});
