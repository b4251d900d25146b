import { describe, expect, onTestFinished, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import type { RunState } from '../../../../lib/domain/run.ts';
import { lostAgentRuns } from '../../../../lib/flows/autonomous-cicd/lost-agent-runs.ts';
import { setMetricSink, writeEmbeddedMetric } from '../../../../lib/runtime/metrics.ts';
import { buildAgentRun } from '../../../builders/agent-runs.ts';
import { buildCicd } from '../../../builders/cicd-services.ts';
import { runSummary } from '../../../builders/runs.ts';

/** An agent run that holds a place, of a run in some state. */
async function begin(runState: RunState | undefined, change: { minutesAgo?: number } = {}) {
  const cicd = buildCicd();
  const counted: unknown[] = [];
  setMetricSink((...metric) => void counted.push(metric));
  onTestFinished(() => setMetricSink(writeEmbeddedMetric));
  const { agents, runs } = cicd.services;
  runs.getSummary = async (id) => runState && runSummary({ id, state: runState });
  const { minutesAgo = 20 } = change;
  const agentRun = buildAgentRun({
    startedAt: cicd.ago(minutesAgo).toISOString(),
    deadline: cicd.ago(minutesAgo - 60).toISOString(),
  });
  const { cause, id, providerId, repository } = agentRun;
  await agents.agentRuns.add(agentRun);
  await agents.budget.take({ id, repository, cause });
  const places = async () =>
    (await agents.budget.view()).find(({ limit }) => limit === 'concurrent')?.used;
  const known = () => agents.agentRuns.get(id);
  return { ...cicd, agentRun, counted, known, places, providerId: providerId ?? '' };
}

test('one of a run that is over is ended, written down and gives its place back, once', async () => {
  const { agents, counted, known, places, providerId, work, now } = await begin('stopped');
  agents.runs.set(providerId, { state: 'running' });
  expect((await work(lostAgentRuns)).found).toHaveLength(1);
  expect(agents.cancelled).toEqual([providerId]);
  expect(await known()).toMatchObject({
    state: 'cancelled',
    status: 'RUNNING',
    endedAt: new Date(now()).toISOString(),
    problem: 'It was ended, as the run that asked for it is over.',
  });
  expect(await places()).toBe(0);
  expect((await work(lostAgentRuns)).found).toEqual([]);
  const ended = { provider: 'codegen', outcome: 'cancelled' };
  expect(counted).toEqual([['AgentRunEnded', ended]]);
});

test('one of a run that goes on is left alone', async () => {
  const { agents, known, places, providerId, work } = await begin('waiting');
  agents.runs.set(providerId, { state: 'running' });
  expect((await work(lostAgentRuns)).found).toEqual([]);
  expect(await known()).toMatchObject({ state: 'running' });
  expect(await places()).toBe(1);
});

test('one of a run that was started again is left to that one', async () => {
  const { agents, ago, known, providerId, services, work } = await begin('failed');
  agents.runs.set(providerId, { state: 'running' });
  const startedAt = ago(1).toISOString();
  const retry = { id: 'run-2', cause: { kind: 'run', runId: 'run-1' }, startedAt } as const;
  const again = { id: 'run-3', cause: { kind: 'run', runId: 'run-2' }, startedAt } as const;
  const runs = [
    runSummary({ ...again, state: 'pending', endedAt: null }),
    runSummary({ ...retry, state: 'failed' }),
  ];
  services.runs.list = async () => ({ runs, next: null });
  expect((await work(lostAgentRuns)).found).toEqual([]);
  expect(await known()).toMatchObject({ state: 'running' });

  runs.splice(0, 1, runSummary({ ...again, state: 'failed' }));
  expect((await work(lostAgentRuns)).found).toHaveLength(1);
});

/** One of a run that was cut off in its start. */
async function beginUnheard() {
  const begun = await begin('stopped');
  const { agentRun, services } = begun;
  const unheard = { providerId: null, url: null };
  await services.agents.agentRuns.change(agentRun.id, (run) => ({ ...run, ...unheard }));
  return begun;
}

describe('one of which nobody has heard whether it was started', () => {
  test('is ended where its provider has it', async () => {
    const { agentRun, agents, known, places, work } = await beginUnheard();
    agents.found = new Map([[agentRun.id, 'theirs']]);
    agents.runs.set('theirs', { state: 'running' });
    expect((await work(lostAgentRuns)).found).toHaveLength(1);
    expect(agents.cancelled).toEqual(['theirs']);
    expect(await known()).toMatchObject({ state: 'cancelled', providerId: 'theirs' });
    expect(await places()).toBe(0);
  });

  test('gives its place back where its provider has none', async () => {
    const { agents, known, places, work } = await beginUnheard();
    agents.found = new Map();
    await work(lostAgentRuns);
    const problem = 'The run that asked for it ended before it was started.';
    expect(await known()).toMatchObject({ state: 'failed', problem });
    expect(await places()).toBe(0);
  });

  test('keeps its place where nobody can look', async () => {
    const { known, places, work } = await beginUnheard();
    await work(lostAgentRuns);
    expect((await known())?.problem).toMatch(/it may be at work\.$/);
    expect(await places()).toBe(1);
  });
});

test('one that cannot be ended keeps its place until it has ended', async () => {
  const { agents, known, places, providerId, work } = await begin(undefined);
  agents.canCancel = false;
  agents.runs.set(providerId, { state: 'running' });
  expect(await work(lostAgentRuns)).toEqual({ found: [], problems: [] });
  expect(await places()).toBe(1);
  agents.runs.set(providerId, { state: 'failed', problem: 'Out of tokens\n'.repeat(1_000) });
  expect((await work(lostAgentRuns)).found).toHaveLength(1);
  const ended = await known();
  expect(ended).toMatchObject({ state: 'failed' });
  expect(ended?.problem).toMatch(/^Out of tokens ⏎ Out of/);
  expect(ended?.problem?.length).toBeLessThan(1_000);
  expect(await places()).toBe(0);
});

test('of one that has opened any number of pull requests, as many are kept as people look through', async () => {
  const { agents, known, providerId, work } = await begin('stopped');
  const pullRequest = { url: 'https://github.com/acme/shop/pull/1', title: null, branch: null };
  const pullRequests = Array.from({ length: 5_000 }, () => pullRequest);
  agents.runs.set(providerId, { state: 'succeeded', pullRequests });
  await work(lostAgentRuns);
  expect((await known())?.pullRequests).toHaveLength(20);
});

test('one that may still be at work keeps its place until its lease is over', async () => {
  const { agents, known, places, providerId, putForward, now, work } = await begin('stopped');
  agents.canCancel = false;
  agents.runs.set(providerId, { state: 'running' });
  const placeUntil = new Date(now() + 65 * 60_000).toISOString();
  putForward(41);
  expect((await work(lostAgentRuns)).found).toHaveLength(1);
  expect(await known()).toMatchObject({ state: 'timed-out', placeUntil });
  putForward(23);
  expect(await places()).toBe(1);
  putForward(1);
  expect(await places()).toBe(0);
});

test('a provider that cannot be asked is told, and asked again until a day after the deadline', async () => {
  const { agents, known, putForward, work } = await begin('failed');
  agents.problem = new UpstreamError('Codegen has failed (500).', {
    service: 'codegen',
    retryable: true,
  });
  expect(await work(lostAgentRuns)).toEqual({ found: [], problems: ['Codegen has failed (500).'] });
  expect(await known()).toMatchObject({ state: 'running' });
  putForward(25 * 60);
  expect((await work(lostAgentRuns)).problems).toEqual([]);
  expect(await known()).toMatchObject({
    state: 'failed',
    problem: 'Its provider could not be asked for a day after its deadline.',
  });
});

test('one that cannot be ended now is tried again', async () => {
  const { agents, known, places, providerId, work } = await begin('stopped');
  agents.runs.set(providerId, { state: 'running' });
  const provider = agents.of();
  let cancels = 0;
  agents.of = () => ({
    ...provider,
    cancel: async (id: string) => {
      cancels += 1;
      if (cancels === 1) throw new Error('reset');
      await provider.cancel?.(id);
    },
  });
  expect((await work(lostAgentRuns)).problems).toEqual(['reset']);
  expect(await known()).toMatchObject({ state: 'running' });
  expect(await places()).toBe(1);
  expect((await work(lostAgentRuns)).problems).toEqual([]);
  expect(await known()).toMatchObject({ state: 'cancelled' });
});
