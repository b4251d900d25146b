import { expect, test } from 'vitest';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import type { AgentProvider } from '../../../lib/ports/agent-provider.ts';
import { buildAgentDesk } from '../../builders/agent-desk.ts';
import { buildAgentRun } from '../../builders/agent-runs.ts';

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

test('finds an agent run by the beginning of its id, unless several fit', async () => {
  const twin = `${id(1).slice(0, -1)}9`;
  const { desk } = await buildAgentDesk({ agentRuns: [id(1), twin, id(2)] });
  expect(await desk.get('2222')).toMatchObject({ id: id(2) });
  expect(await desk.get(id(1))).toMatchObject({ id: id(1) });
  await expect(desk.get('1111')).rejects.toThrow('More than one agent run begins with 1111.');
  await expect(desk.get('222')).rejects.toThrow('There is no agent run 222.');
});

test('lists those of one run, oldest first', async () => {
  const startedAt = '2026-11-23T12:00:00.000Z';
  const later = '2026-11-23T12:01:00.000Z';
  const { desk } = await buildAgentDesk({
    agentRuns: [
      buildAgentRun({ id: id(1), runId: 'run-2', startedAt }),
      buildAgentRun({ id: id(2), runId: 'run-2', startedAt: later }),
      buildAgentRun({ id: id(3), runId: 'run-3', startedAt: later }),
    ],
  });
  const of = await desk.listOf({ id: 'run-2', startedAt });
  expect(of.map((run) => run.id)).toEqual([id(1), id(2)]);
});

test('says what is missing before an agent can be asked', async () => {
  const { desk } = await buildAgentDesk({ set: ['CODEGEN_ORG_ID'] });
  expect(await desk.status()).toEqual({
    kind: 'not-set-up',
    provider: 'codegen',
    missing: ['CODEGEN_API_TOKEN'],
  });
});

/** What a provider was told to end. */
function cancelling(cancel?: AgentProvider['cancel']) {
  const cancelled: string[] = [];
  const provider: Partial<AgentProvider> = {
    cancel: async (providerId) => {
      await cancel?.(providerId);
      cancelled.push(providerId);
    },
  };
  return { cancelled, provider };
}

test('ends an agent run at its provider, and remembers it as cancelled', async () => {
  const { cancelled, provider } = cancelling();
  const { budget, desk } = await buildAgentDesk({ agentRuns: [id(1)], provider });
  await budget.take(buildAgentRun({ id: id(1) }));
  expect(await desk.stop('1111')).toMatchObject({ outcome: 'ended' });
  expect(cancelled).toEqual(['4711']);
  expect(await desk.get(id(1))).toMatchObject({
    state: 'cancelled',
    isUnwanted: true,
    endedAt: '2026-11-23T13:00:00.000Z',
    problem: 'Stopped by a person.',
  });
  expect(await budget.heldUntil(id(1))).toBeUndefined();
});

test.each([
  ['cannot end it', {}, { providerId: '4711' }],
  [
    'has not told its id yet',
    cancelling().provider,
    { providerId: null, state: 'queued' as const },
  ],
])(
  'lets go of an agent run, but not of its place, where its provider %s',
  async (_, provider, run) => {
    const agentRuns = [buildAgentRun({ id: id(1), ...run })];
    const { budget, desk } = await buildAgentDesk({ agentRuns, provider });
    await budget.take(buildAgentRun({ id: id(1) }));
    const placeUntil = '2026-11-23T14:05:00.000Z';
    expect(await desk.stop('1111')).toMatchObject({
      outcome: 'left',
      agentRun: { state: 'cancelled', placeUntil },
    });
    expect(await budget.heldUntil(id(1))).toBe(placeUntil);
  },
);

test('an agent run that cannot be ended now is not remembered as if it were', async () => {
  const failure = new UpstreamError('Codegen is down.', { service: 'codegen', retryable: true });
  const { provider } = cancelling(() => Promise.reject(failure));
  const { desk } = await buildAgentDesk({ agentRuns: [id(1)], provider });
  await expect(desk.stop('1111')).rejects.toThrow('Codegen is down.');
  expect(await desk.get(id(1))).toMatchObject({ state: 'running' });
});

test('one that has ended stays as it is', async () => {
  const endedAt = '2026-11-23T12:30:00.000Z';
  const ended = buildAgentRun({ id: id(1), state: 'succeeded', endedAt });
  const { cancelled, provider } = cancelling();
  const { desk } = await buildAgentDesk({ agentRuns: [ended], provider });
  expect(await desk.stop('1111')).toEqual({ outcome: 'over', agentRun: ended });
  expect(cancelled).toEqual([]);
});

test('shows what an agent did, where its provider tells', async () => {
  const entries = [{ at: null, kind: 'ACTION', text: 'Read the code' }];
  const logs: AgentProvider['logs'] = async (providerId, { limit, skip }) => ({
    entries: providerId === '4711' ? entries.slice(skip, skip + limit) : [],
    total: 1,
  });
  const { desk } = await buildAgentDesk({ agentRuns: [id(1)], provider: { logs } });
  expect(await desk.logs('1111', { skip: 0, limit: 10 })).toEqual({ entries, total: 1 });

  const silent = await buildAgentDesk({ agentRuns: [id(1)] });
  await expect(silent.desk.logs('1111', { skip: 0, limit: 10 })).rejects.toThrow(
    'codegen does not tell what its agents do.',
  );
  const waiting = buildAgentRun({ id: id(1), providerId: null });
  const { desk: early } = await buildAgentDesk({ agentRuns: [waiting], provider: { logs } });
  await expect(early.logs('1111', { skip: 0, limit: 10 })).rejects.toThrow('not been started yet');
});
