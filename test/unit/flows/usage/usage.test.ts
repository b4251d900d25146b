import { expect, test } from 'vitest';
import { createAgentRuns } from '../../../../lib/flows/agents/agent-runs.ts';
import { addCalls } from '../../../../lib/flows/usage/call-counts.ts';
import { readUsage } from '../../../../lib/flows/usage/usage.ts';
import { buildAgentRun } from '../../../builders/agent-runs.ts';
import { buildStore } from '../../../builders/dispatch-services.ts';

const now = () => Date.parse('2026-11-23T12:00:00.000Z');

function open() {
  const store = buildStore(now);
  return { store, agentRuns: createAgentRuns(store, { now, retentionDays: 14 }), now };
}

test('days without anything are told as well, the newest first', async () => {
  expect(await readUsage(open(), 3)).toEqual({
    days: ['2026-11-23', '2026-11-22', '2026-11-21'].map((day) => ({
      day,
      agentRuns: [],
      calls: [],
    })),
    quotas: [],
  });
});

test('agent runs are counted by provider on the day of their start, with their minutes', async () => {
  const sources = open();
  const runs = [
    { id: 'a', state: 'succeeded', startedAt: '2026-11-22T23:50:00.000Z' },
    { id: 'b', state: 'timed-out', startedAt: '2026-11-22T23:00:00.000Z' },
    { id: 'c', state: 'running', startedAt: '2026-11-22T23:30:00.000Z', endedAt: null },
    { id: 'd', state: 'failed', startedAt: '2026-11-22T23:55:00.000Z', provider: 'command' },
    { id: 'e', state: 'failed', startedAt: '2026-11-21T23:59:00.000Z' },
  ] as const;
  for (const run of runs) {
    await sources.agentRuns.add(buildAgentRun({ endedAt: '2026-11-23T00:00:15.000Z', ...run }));
  }
  const { days } = await readUsage(sources, 2);
  expect(days.map(({ agentRuns }) => agentRuns)).toEqual([
    [],
    [
      { provider: 'codegen', started: 3, succeeded: 1, failed: 1, minutes: 820.5 },
      { provider: 'command', started: 1, succeeded: 0, failed: 1, minutes: 5.3 },
    ],
  ]);
});

test('calls are told by service, and the allowances that were told last', async () => {
  const sources = open();
  const quota = { limit: 5_000, remaining: 12, resetAt: null, at: '2026-11-22T10:00:00.000Z' };
  const later = { ...quota, remaining: 11, at: '2026-11-22T11:00:00.000Z' };
  const before = { day: '2026-11-22', service: 'github', calls: 7, quota } as const;
  await addCalls(sources.store, before);
  await addCalls(sources.store, { ...before, quota: later });
  await addCalls(sources.store, { ...before, service: 'codegen', calls: 3, quota: null });
  await addCalls(sources.store, { ...before, day: '2026-11-23', calls: 1, quota: null });
  const { days, quotas } = await readUsage(sources, 2);
  expect(days.map(({ calls }) => calls)).toEqual([
    [{ service: 'github', calls: 1 }],
    [
      { service: 'codegen', calls: 3 },
      { service: 'github', calls: 14 },
    ],
  ]);
  expect(quotas).toEqual([{ service: 'github', ...later }]);
});
