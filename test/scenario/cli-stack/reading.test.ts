import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDeliveryRecords } from '../../../lib/flows/dispatch/delivery-records.ts';
import { saveReport } from '../../../lib/flows/component-analysis/report-storage.ts';
import { buildPush } from '../../builders/events.ts';
import { report } from '../../builders/reports.ts';
import { deployFlow, stackName } from './deployed-stack.ts';
import { deployProject } from './stack-project.ts';

test('an analysis runs on the stack; its report, tasks and log are read from here', async () => {
  const project = await deployProject();
  deployFlow(project, 'component-analysis', async () => ({
    report: await saveReport(project.blobs, report()),
  }));
  const analysed = await project.onStack('analyze orders --format json');
  expect(JSON.parse(analysed.stdout)).toMatchObject({ component: { name: 'orders' } });
  expect(analysed).toMatchObject({ exitCode: 0 });

  const { runs } = JSON.parse((await project.onStack('runs ls --json')).stdout);
  expect(runs).toMatchObject([{ flow: 'component-analysis', state: 'succeeded' }]);
  const id = runs[0].id.slice(0, 6);
  const [shown, logged] = await Promise.all([
    project.onStack(`runs show ${id}`),
    project.onStack(`runs logs ${id}`),
  ]);
  expect(shown.stdout).toContain(runs[0].id);
  expect(logged.stdout).toContain('component-analysis has run');
});

test('a health check waits for its run', async () => {
  const project = await deployProject();
  deployFlow(project, 'system-health', async () => ({ status: 'unhealthy', checks: [] }));
  const { exitCode, stdout } = await project.onStack('health');
  expect(stdout).toContain('Overall: unhealthy');
  expect(exitCode).toBe(2);
});

test('a delivery is replayed on the stack, once', async () => {
  const project = await deployProject();
  deployFlow(project, 'component-analysis');
  const event = buildPush();
  await createDeliveryRecords(project.store, Date.now).add(event);
  const { deliveries } = JSON.parse((await project.onStack('deliveries ls --json')).stdout);
  expect(deliveries).toMatchObject([{ id: event.deliveryId, decision: 'pending' }]);

  const first = await project.onStack(`deliveries replay ${event.deliveryId}`);
  expect(first.stdout).toContain('run: component-analysis orders');
  expect(first.stderr).toMatch(new RegExp(`runs logs \\w+ --follow --stack ${stackName}`));
  const again = await project.onStack(`deliveries replay ${event.deliveryId}`);
  expect(again.stdout).toContain('was started for this before');
});

test('another configuration than the deployed one is told beside the result', async () => {
  const project = await deployProject();
  expect((await project.onStack('runs ls')).stderr).toBe('');
  writeFileSync(join(project.folder, 'cicd.config.ts'), 'export default { runs: {} };\n');
  const { exitCode, stderr, stdout } = await project.onStack('runs ls');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'No runs.\n' });
  expect(stderr).toContain('deployed with another configuration');
});
