import { afterEach, beforeEach, expect, test } from 'vitest';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import { retries } from '../../../lib/runtime/retry-policies.ts';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { setMetricSink, writeEmbeddedMetric } from '../../../lib/runtime/metrics.ts';
import { buildAgentRun } from '../../builders/agent-runs.ts';
import { inState } from '../engine/engine-fixture.ts';
import { choresOf, startSystem } from './cicd-fixture.ts';

beforeEach(() => {
  setLogSink(() => {});
  setMetricSink(() => {});
});
afterEach(() => {
  setLogSink(writeJsonLine);
  setMetricSink(writeEmbeddedMetric);
});

/** Never ends, like a call without a time limit. */
const hang = () => new Promise<never>(() => {});

const nothing = { seen: 0, started: 0, recovered: 0, refused: 0, failed: 0 };

/** Analyses whose agents were refused, and that may be tried now. */
async function deferAll(system: ReturnType<typeof startSystem>, components: string[]) {
  for (const component of components) {
    await system.services.agents.deferred.defer({
      input: {
        repository: 'acme/shop',
        component,
        paths: [component],
        source: { kind: 'folder', path: '/src/shop' },
        agents: true,
      },
      runId: `run-of-${component}`,
      reason: 'Paused.',
      notBefore: new Date().toISOString(),
    });
  }
}

test('what was refused is made up for once, and what a pause holds back later', async () => {
  const system = startSystem();
  await deferAll(system, ['orders', 'web']);
  await system.pause.pause();
  const paused = await system.tick();
  expect(paused.result).toMatchObject({ ...nothing, seen: 2, refused: 2, paused: true });
  expect(await system.listAnalyses()).toEqual([]);

  await system.pause.resume();
  const tick = await system.tick();
  expect(tick.result).toMatchObject({
    ...nothing,
    seen: 2,
    started: 2,
    paused: false,
    agents: { kind: 'ready', provider: 'codegen' },
  });
  expect((await system.tick()).result).toMatchObject(nothing);
  const analyses = await system.listAnalyses();
  const causes = analyses.map(({ cause }) => cause);
  expect(causes).toEqual(['run-of-orders', 'run-of-web'].map((runId) => ({ kind: 'run', runId })));
});

test('while agents are not ready that is told, and everything else goes on', async () => {
  const system = startSystem();
  await deferAll(system, ['orders']);
  await system.accept('one');
  system.putForward(2);
  const reason = 'Codegen does not accept CODEGEN_API_TOKEN.';
  system.agents.problem = new UpstreamError(reason, { service: 'codegen', retryable: false });
  const tick = await system.tick();
  expect(tick.result).toMatchObject({
    ...nothing,
    seen: 2,
    started: 1,
    refused: 1,
    agents: { kind: 'not-ready', provider: 'codegen', reason },
  });
  expect(choresOf(tick)).toEqual({ 'missed deliveries': [1, 1, 0], 'pending analyses': [1, 0, 1] });
});

test('the agent of a run that hung is left to the run that starts it again', async () => {
  const system = startSystem({ analysis: (context) => context.task('ask', retries.none, hang) });
  const runId = await system.analyse();
  await inState(system.engine, runId, 'running');
  const { agentRuns } = system.services.agents;
  const asked = { startedAt: new Date().toISOString(), deadline: new Date().toISOString() };
  await agentRuns.add(buildAgentRun({ runId, providerId: 'theirs', ...asked }));
  system.agents.runs.set('theirs', { state: 'running' });
  system.putForward(31);

  const tick = await system.tick();
  expect(Object.entries(choresOf(tick))).toEqual([
    ['hanging runs', [1, 1, 0]],
    ['failed runs', [1, 1, 0]],
  ]);
  expect(tick.result).toMatchObject({ ...nothing, seen: 2, recovered: 2 });
  expect(system.agents.cancelled).toEqual([]);
  expect((await agentRuns.list({ open: true, limit: 1 })).agentRuns).toHaveLength(1);
});
