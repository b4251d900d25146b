import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createEngine } from '../../../infra/local/engine/engine.ts';
import { dataFolderPaths, openDataFolder } from '../../../infra/local/data-folder.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { createDeliveryRecords } from '../../../lib/flows/dispatch/delivery-records.ts';
import { buildPush } from '../../builders/events.ts';
import { runCicd } from '../../support/run-cicd.ts';
import { folderWith } from '../../support/temporary-folder.ts';

const project = {
  'cicd.config.ts': `export default {
    repositories: [{ name: 'acme/shop', components: { orders: ['orders/**'] }, analyseOnPush: true }],
  };\n`,
};

function cicdIn(folder: string) {
  return (command: string) =>
    runCicd([...command.split(' '), '--config', join(folder, 'cicd.config.ts')]);
}

/** A project whose host has ended while a run waited for its turn. */
async function projectWithWaitingRun() {
  const folder = folderWith(project);
  const dataFolder = openDataFolder(join(folder, '.cicd'));
  const engine = createEngine({ databaseFile: dataFolder.database, codeVersion: 'before' });
  engine.register({
    name: 'system-health',
    executionTimeoutSeconds: 60,
    handler: () => new Promise(() => {}),
  });
  const cause = { kind: 'cli' } as const;
  const { runId } = await engine.start({ flow: 'system-health', name: 'waits', input: {}, cause });
  engine.close();
  dataFolder.close();
  return { cicd: cicdIn(folder), runId };
}

test.each([
  [
    'pause',
    'No coding agent is started, and nothing by deliveries or autonomous-cicd, until cicd resume',
  ],
  ['resume', 'Deliveries held back are worked off when the host runs (npm start).'],
  ['schedules pause system-health', 'The schedule system-health is paused.'],
  ['schedules resume system-health', 'The schedule system-health ticks next'],
])('cicd %s turns its switch and takes up no run', async (command, told) => {
  const { cicd, runId } = await projectWithWaitingRun();
  const { exitCode, stderr } = await cicd(command);
  expect(stderr).toContain(told);
  expect(stderr).not.toContain('Runs taken up again');
  expect(exitCode).toBe(0);
  const shown = await cicd(`runs show ${runId} --json`);
  expect(JSON.parse(shown.stdout)).toMatchObject({ state: 'pending', tasks: [] });
});

test.each(['health', 'schedules run autonomous-cicd'])(
  'cicd %s works on its own run and leaves the others to the host',
  async (command) => {
    const { cicd, runId } = await projectWithWaitingRun();
    const { exitCode } = await cicd(command);
    expect(exitCode).toBeLessThan(2);
    const left = JSON.parse((await cicd('runs ls --all --json')).stdout).runs;
    expect(left).toMatchObject([{ endedAt: expect.any(String) }, { id: runId, state: 'pending' }]);
  },
);

test('a switch that was turned without a host stays so', async () => {
  const cicd = cicdIn(folderWith(project));
  await cicd('pause');
  await cicd('schedules pause system-health');
  const { stderr, stdout } = await cicd('schedules ls');
  expect(stderr).not.toContain('There is no data');
  expect(stdout).toMatch(/^system-health .* paused /m);
  expect(stdout).toMatch(/^autonomous-cicd .* held back /m);
  await cicd('resume');
  expect((await cicd('schedules ls')).stdout).toMatch(/^autonomous-cicd .* on /m);
});

/** Pushes, a second apart, that came to the host of the project before it ended. */
async function keepDeliveries(folder: string, ids: string[]): Promise<void> {
  const { store: file } = dataFolderPaths(join(folder, '.cicd'));
  mkdirSync(dirname(file), { recursive: true });
  const store = openSqliteStore(file);
  const records = createDeliveryRecords(store, Date.now);
  for (const [second, deliveryId] of ids.entries()) {
    const receivedAt = new Date(Date.now() + second * 1_000).toISOString();
    await records.add(buildPush({ changedPaths: ['orders/a'] }, { deliveryId, receivedAt }));
  }
  await store.close();
}

/** The ids in a table of deliveries, without its head. */
const idsIn = (table: string) =>
  table
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.slice(0, 8));

test('deliveries are listed page by page, down to the oldest', async () => {
  const folder = folderWith(project);
  await keepDeliveries(folder, ['oldest-1', 'middle-1', 'newest-1']);
  const cicd = cicdIn(folder);
  const first = await cicd('deliveries ls --limit 2');
  expect(idsIn(first.stdout)).toEqual(['newest-1', 'middle-1']);
  const [, cursor = ''] = /--cursor (\S+)/.exec(first.stderr) ?? [];
  const second = await cicd(`deliveries ls --limit 2 --cursor ${cursor}`);
  expect(idsIn(second.stdout)).toEqual(['oldest-1']);
  expect(second.stderr).not.toContain('--cursor');
});

test('a dry run of a replay changes nothing, and creates no data folder', async () => {
  const folder = folderWith(project);
  const cicd = cicdIn(folder);
  const { exitCode, stderr } = await cicd('deliveries replay nothing-like-it --dry-run');
  expect(stderr).toContain('There is no delivery nothing-like-it.');
  expect(exitCode).toBe(2);
  expect(existsSync(join(folder, '.cicd'))).toBe(false);
});

test('a dry run of a replay works beside a command that holds the data folder', async () => {
  const folder = folderWith(project);
  const dataFolder = openDataFolder(join(folder, '.cicd'));
  await keepDeliveries(folder, ['push-delivery']);
  const { stdout } = await cicdIn(folder)('deliveries replay push-d --dry-run');
  dataFolder.close();
  expect(stdout).toMatch(/^run: component-analysis orders of acme\/shop: /);
});
