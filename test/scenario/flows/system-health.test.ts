import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../../infra/local/engine/engine.ts';
import { keepRunLog } from '../../../infra/local/run-log-sink.ts';
import { healthResultSchema } from '../../../lib/domain/health/health-result.ts';
import { systemHealth } from '../../../lib/flows/system-health/run.ts';
import type { Machine } from '../../../lib/ports/machine.ts';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { durable } from '../engine/engine-fixture.ts';

beforeEach(() => setLogSink(() => {}));
afterEach(() => setLogSink(writeJsonLine));

const wellMachine: Machine = {
  cpu: async () => ({ used: 0.2, detail: '2 cores' }),
  memory: async () => ({ used: 0.3, detail: '2.4 of 8.0 GB' }),
  disk: async () => ({ used: 0.4, detail: '40.0 of 100.0 GB' }),
};

/** An engine that knows the flow over this machine, and a flow that always fails. */
function startEngineOver(machine: Machine) {
  const engine = createEngine({
    databaseFile: join(temporaryFolder(), 'runs.db'),
    codeVersion: 'one',
  });
  onTestFinished(() => engine.close());
  setLogSink(keepRunLog(engine, () => {}));
  engine.register({
    ...systemHealth,
    handler: systemHealth.handler(async () => ({
      machine,
      runs: engine,
      clock: { now: () => new Date() },
      thresholds: { cpu: 0.8, memory: 0.8, disk: 0.9, 'flow failures': 0.1 },
      probeLimitMs: 100,
    })),
  });
  const alwaysFails = durable(() => Promise.reject(new Error('no')));
  engine.register({ name: 'broken', executionTimeoutSeconds: 60, handler: alwaysFails });
  engine.resume();

  const run = async (flow: string) => {
    const name = crypto.randomUUID();
    const { runId } = await engine.start({ flow, name, input: {}, cause: { kind: 'cli' } });
    return engine.waitForRun(runId);
  };
  return {
    fail: () => run('broken'),
    look: async () => {
      const { id, result, tasks } = await run('system-health');
      const lines = await engine.logs(id);
      return { health: healthResultSchema.parse(result), tasks, lines };
    },
  };
}

test('reads the machine and the flows, each in a task of its own', async () => {
  const { health, lines, tasks } = await startEngineOver(wellMachine).look();
  expect(health).toEqual({
    status: 'healthy',
    checks: [
      { name: 'cpu', status: 'healthy', value: 0.2, threshold: 0.8, detail: '2 cores' },
      { name: 'memory', status: 'healthy', value: 0.3, threshold: 0.8, detail: '2.4 of 8.0 GB' },
      { name: 'disk', status: 'healthy', value: 0.4, threshold: 0.9, detail: '40.0 of 100.0 GB' },
      {
        name: 'flow failures',
        status: 'healthy',
        value: null,
        threshold: 0.1,
        detail: 'no flow has ended 5 times in the last 24 hours',
      },
    ],
  });
  const names = ['read cpu', 'read memory', 'read disk', 'read flow failures'];
  expect(tasks.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  expect(lines).toEqual([]);
});

test('warns of probes that fail or never answer, and shows what the others have read', async () => {
  const { health, lines } = await startEngineOver({
    ...wellMachine,
    cpu: () => new Promise(() => {}),
    disk: () => Promise.reject(new Error('no such folder')),
  }).look();
  expect(health.status).toBe('warning');
  expect(health.checks).toMatchObject([
    { name: 'cpu', status: 'warning', value: null, detail: 'no answer within 0.1 s' },
    { name: 'memory', status: 'healthy', value: 0.3 },
    { name: 'disk', status: 'warning', value: null, detail: 'no such folder' },
    { name: 'flow failures', status: 'healthy' },
  ]);
  expect(lines).toMatchObject([
    { message: 'The probe failed', task: 'read disk' },
    { message: 'The probe failed', task: 'read cpu' },
    { message: 'A check is not healthy', fields: { check: 'cpu', status: 'warning' } },
    { message: 'A check is not healthy', fields: { check: 'disk', detail: 'no such folder' } },
  ]);
});

test('finds the flow that fails among all that succeed', async () => {
  const engine = startEngineOver(wellMachine);
  for (let times = 0; times < 5; times += 1) {
    await engine.fail();
    await engine.look();
  }
  const { health } = await engine.look();
  expect(health.status).toBe('unhealthy');
  expect(health.checks.at(-1)).toMatchObject({
    name: 'flow failures',
    value: 1,
    detail: 'broken: 5 of 5 runs failed',
  });
});
