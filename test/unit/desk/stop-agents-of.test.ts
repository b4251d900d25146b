import { expect, test } from 'vitest';
import { formatStop } from '../../../infra/cli/format-stop.ts';
import type { AgentDesk } from '../../../infra/desk/agent-desk.ts';
import { stopAgentsOf } from '../../../infra/desk/stop-agents-of.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import { buildAgentDesk } from '../../builders/agent-desk.ts';
import { buildAgentRun } from '../../builders/agent-runs.ts';

const run = { id: 'run-1', flow: 'component-analysis', startedAt: '2026-11-23T11:59:00.000Z' };

/** In the words that a person is told. */
async function tellStops(agents: Pick<AgentDesk, 'listOf' | 'stop'>): Promise<string[]> {
  return (await stopAgentsOf(run, agents)).map(formatStop);
}

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

test('stops the agent runs of a run, and no others', async () => {
  const endedAt = '2026-11-23T12:10:00.000Z';
  const {
    agentRuns,
    budget,
    desk: agents,
  } = await buildAgentDesk({
    agentRuns: [
      buildAgentRun({ id: id(1), url: null }),
      buildAgentRun({ id: id(2), state: 'succeeded', endedAt }),
      buildAgentRun({ id: id(3), runId: 'run-2' }),
    ],
  });
  await budget.take(buildAgentRun({ id: id(1) }));
  expect(await tellStops(agents)).toEqual([
    'Agent run 11111111 is let go: nobody waits for it any more. The agent may go on at codegen: ' +
      'codegen cannot be told to end it from here. ' +
      'Its place is free at 2026-11-23 14:05:00 UTC at the latest.',
  ]);
  expect(await agentRuns.get(id(1))).toMatchObject({ state: 'cancelled' });
  // Who starts the run again wants another one.
  expect(await agentRuns.get(id(1))).not.toHaveProperty('isUnwanted');
  expect(await agentRuns.get(id(3))).toMatchObject({ state: 'running' });
});

async function cancel(providerId: string): Promise<void> {
  if (providerId === '1') throw new UpstreamError('Down.', { service: 'x', retryable: true });
}

test('one that cannot be stopped keeps none of the others', async () => {
  const { desk: agents } = await buildAgentDesk({
    agentRuns: [
      buildAgentRun({ id: id(1), providerId: '1', startedAt: '2026-11-23T12:00:00.000Z' }),
      buildAgentRun({ id: id(2), providerId: '2', startedAt: '2026-11-23T12:00:01.000Z' }),
    ],
    provider: { cancel },
  });
  expect(await tellStops(agents)).toEqual([
    'Agent run 11111111 goes on: Down.',
    'Agent run 22222222 is cancelled.',
  ]);
});

test('one that is being started is told of as such', async () => {
  const { desk: agents } = await buildAgentDesk({
    agentRuns: [buildAgentRun({ id: id(1), providerId: null, url: null })],
    provider: { cancel },
  });
  expect(await tellStops(agents)).toEqual([
    'Agent run 11111111 is let go: nobody waits for it any more. ' +
      'It was being started: it is ended as soon as it has been, where codegen can do that.',
  ]);
});

const listOf = () => Promise.reject(new Error('The disk is full.'));
const stop = () => Promise.reject(new Error('Nobody has asked for this.'));

test('the run is stopped, whatever becomes of its agents', async () => {
  expect(await stopAgentsOf(run, { listOf, stop })).toEqual([]);
  expect(await stopAgentsOf({ ...run, flow: 'system-health' }, { listOf: stop, stop })).toEqual([]);
});
