import { expect, test } from 'vitest';
import { closeAgentRun, keptOf } from '../../../../../lib/flows/agents/asking/close-agent-run.ts';
import { buildAgentRun } from '../../../../builders/agent-runs.ts';
import { buildAsking, runningView, startOfAsking } from '../../../../builders/asking.ts';

const seconds = (count: number) => new Date(startOfAsking + count * 1_000).toISOString();

/** @param told when the agent has stopped, as its provider says; looked at two minutes after its start */
async function endedAfter(told: string | null): Promise<string | null | undefined> {
  const { letPass, services } = buildAsking();
  const { id } = await services.agentRuns.add(buildAgentRun({ startedAt: seconds(0) }));
  letPass(120);
  const view = keptOf({ ...runningView('their-0'), state: 'succeeded', endedAt: told });
  const run = await closeAgentRun(services, id, {
    state: 'succeeded',
    problem: null,
    mayBeAtWork: false,
    view,
  });
  return run?.endedAt;
}

test('an agent run ends when its provider says that the agent has stopped', async () => {
  expect(await endedAfter(seconds(40))).toBe(seconds(40));
});

test('where its provider says nothing, it ends when that is seen', async () => {
  expect(await endedAfter(null)).toBe(seconds(120));
});

test('another clock makes no end before the start, nor after now', async () => {
  expect(await endedAfter(seconds(-5))).toBe(seconds(0));
  expect(await endedAfter(seconds(125))).toBe(seconds(120));
});
