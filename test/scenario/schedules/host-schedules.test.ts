import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { scheduleViewSchema } from '../../../lib/domain/schedule.ts';
import { listRuns, untilEnded } from '../../support/host-client.ts';
import { runCicd } from '../../support/run-cicd.ts';
import { startTestHost } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

const daily = `schedules: {
  'autonomous-cicd': { everyMinutes: 1440 }, 'system-health': { everyMinutes: 1440 },
}`;
const project = { 'cicd.config.ts': `export default { ${daily} };\n` };
const withComponent = `export default {
  ${daily},
  repositories: [{ name: 'acme/shop', components: { orders: ['orders/**'] } }],
};\n`;

const cicdIn = (folder: string) => (words: string) =>
  runCicd([...words.split(' '), '--config', join(folder, 'cicd.config.ts')]);

const listSchema = z.object({ schedules: z.array(scheduleViewSchema) });

async function getSchedules(url: string) {
  return listSchema.parse(await (await fetch(`${url}/api/schedules`)).json()).schedules;
}

/** Asks until every schedule has ticked and its run has ended. */
async function untilTicked(url: string) {
  for (;;) {
    const schedules = await getSchedules(url);
    const runIds = schedules.flatMap(({ lastRunId }) => lastRunId ?? []);
    if (runIds.length === schedules.length) {
      await Promise.all(runIds.map((id) => untilEnded(url, id)));
      return schedules;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function untilFirstAnalysis(url: string): Promise<void> {
  for (;;) {
    if ((await listRuns(url)).runs.some(({ cause }) => cause.kind === 'setup')) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const post = (url: string) => fetch(url, { method: 'POST' });

test('a host ticks when it first starts, and not again when it is killed and started anew', async () => {
  const first = await startTestHost(project);
  const ticked = await untilTicked(first.url);
  expect(ticked.map(({ everyMinutes, name }) => [name, everyMinutes])).toEqual([
    ['autonomous-cicd', 1_440],
    ['system-health', 1_440],
  ]);
  const { runs } = await listRuns(first.url);
  expect(runs.map(({ cause, flow }) => [flow, cause])).toEqual(
    expect.arrayContaining([
      ['autonomous-cicd', { kind: 'schedule', schedule: 'autonomous-cicd' }],
      ['system-health', { kind: 'schedule', schedule: 'system-health' }],
    ]),
  );
  await first.end('SIGKILL');

  await writeFile(join(first.folder, 'cicd.config.ts'), withComponent);
  const second = await startTestHost({ folder: first.folder });
  // The first analysis begins after the first look at the clock, and what people ask for waits for that.
  await untilFirstAnalysis(second.url);
  for (const { name } of ticked) {
    expect((await post(`${second.url}/api/schedules/${name}/run`)).status).toBe(201);
  }
  const ticks = (await listRuns(second.url)).runs.filter(({ cause }) => cause.kind === 'schedule');
  expect(ticks.map(({ id }) => id).toSorted()).toEqual(runs.map(({ id }) => id).toSorted());
  expect(await getSchedules(second.url)).toEqual(ticked);
});

test('a pause survives a killed host, and what people start by hand goes on', async () => {
  const folder = folderWith(project);
  const cicd = cicdIn(folder);
  const host = await startTestHost({ folder });
  const [before] = await untilTicked(host.url);
  expect((await cicd('pause')).stderr).toContain('No coding agent is started');
  expect((await cicd('schedules pause system-health')).exitCode).toBe(0);
  await host.end('SIGKILL');

  const listed = await cicd('schedules ls');
  expect(listed.stdout).toMatch(/autonomous-cicd +1440 min +held back/);
  expect(listed.stdout).toMatch(/system-health +1440 min +paused/);

  const { url } = await startTestHost({ folder });
  expect(await (await fetch(`${url}/api/agents`)).json()).toMatchObject({ paused: true });
  expect(await getSchedules(url)).toMatchObject([
    { paused: false, nextTickAt: null, lastRunId: before?.lastRunId },
    { paused: true, nextTickAt: null },
  ]);
  const started = await cicd('schedules run autonomous-cicd');
  expect(await untilEnded(url, started.stdout.trim())).toMatchObject({ cause: { kind: 'cli' } });

  expect((await cicd('resume')).exitCode).toBe(0);
  expect((await cicd('schedules resume system-health')).stderr).toContain('ticks next at');
  const agents = await (await fetch(`${url}/api/agents`)).json();
  expect(agents).toMatchObject({ paused: false, since: null });
  for (const { nextTickAt, paused } of await getSchedules(url)) {
    expect(paused).toBe(false);
    expect(Date.parse(nextTickAt ?? '')).toBeGreaterThan(Date.now());
  }
});

test('a host that starts while all is paused says so, and starts nothing by itself', async () => {
  const folder = folderWith({ 'cicd.config.ts': withComponent });
  const cicd = cicdIn(folder);
  await cicd('pause');
  await cicd('schedules pause system-health');
  const host = await startTestHost({ folder });
  const { url } = host;
  // Told after the first look at the clock has begun; what people ask for waits for its end.
  await expect
    .poll(() => host.output(), { timeout: 10_000 })
    .toContain('Paused: deliveries and first');
  for (const name of ['autonomous-cicd', 'system-health']) {
    expect((await post(`${url}/api/schedules/${name}/run`)).status).toBe(201);
  }
  const { runs } = await listRuns(url);
  expect(runs.map(({ cause }) => cause)).toEqual([{ kind: 'cli' }, { kind: 'cli' }]);
  expect(await (await fetch(url)).text()).toContain('Paused: no coding agent is started');

  await post(`${url}/api/agents/resume`);
  const resumed = (await listRuns(url)).runs;
  expect(resumed.filter(({ cause }) => cause.kind === 'setup')).toHaveLength(1);
});

test('without a host a schedule is run to its end by the command itself', async () => {
  const cicd = cicdIn(folderWith(project));
  const started = await cicd('schedules run system-health');
  expect(started.exitCode).toBe(0);
  const shown = await cicd(`runs show ${started.stdout.trim()} --json`);
  expect(JSON.parse(shown.stdout)).toMatchObject({ flow: 'system-health', state: 'succeeded' });
  const json = await cicd('schedules ls --json');
  expect(listSchema.parse(JSON.parse(json.stdout)).schedules).toMatchObject([
    { name: 'autonomous-cicd', lastTickAt: null },
    { name: 'system-health', lastTickAt: null },
  ]);
});

test('the page links to the run of the last tick', async () => {
  const { url } = await startTestHost(project);
  const [schedule] = await untilTicked(url);
  const page = await (await fetch(`${url}/schedules`)).text();
  expect(page).toContain(`<a href="/runs/${schedule?.lastRunId}">`);
  expect(page).not.toContain('Paused: no coding agent');
  await post(`${url}/api/agents/pause`);
  expect(await (await fetch(`${url}/schedules`)).text()).toContain(
    'Paused: no coding agent is started',
  );
});

test('a schedule that nobody knows is named together with those there are', async () => {
  const { folder, url } = await startTestHost(project);
  const answer = await post(`${url}/api/schedules/nightly/run`);
  expect(answer.status).toBe(404);
  const { exitCode, stderr } = await cicdIn(folder)('schedules pause nightly');
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    'There is no schedule nightly. Enabled: autonomous-cicd, system-health.',
  );
});
