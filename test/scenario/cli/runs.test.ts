import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listRuns, untilAllEnded } from '../../support/host-client.ts';
import { runCicd } from '../../support/run-cicd.ts';
import { smallProject, startTestHost } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

const configOf = (folder: string) => ['--config', join(folder, 'cicd.config.ts')];

/** The same commands have to work beside a host and on their own. */
async function projectWithRun(withHost: boolean): Promise<{ config: string[]; id: string }> {
  if (withHost) {
    const host = await startTestHost();
    const [run] = await untilAllEnded(host.url);
    return { config: configOf(host.folder), id: run?.id ?? '' };
  }
  const config = configOf(folderWith(smallProject));
  await runCicd(['analyze', 'orders', ...config]);
  const { stdout } = await runCicd(['runs', 'ls', '--json', ...config]);
  return { config, id: JSON.parse(stdout).runs[0].id };
}

describe.each([
  ['beside a host', true],
  ['without a host', false],
])('cicd runs %s', (_, withHost) => {
  test('lists, shows and follows a run by the beginning of its id, and knows no other', async () => {
    const { config, id } = await projectWithRun(withHost);
    const short = id.slice(0, 8);

    const listed = await runCicd(['runs', 'ls', '--state', 'succeeded', ...config]);
    expect(listed.stdout).toMatch(/^ID +FLOW +SUBJECT/);
    expect(listed.stdout).toContain(short);
    const none = await runCicd(['runs', 'ls', '--state', 'failed', ...config]);
    expect(none.stdout).toBe('No runs.\n');

    const shown = await runCicd(['runs', 'show', short, ...config]);
    expect(shown.stdout).toContain(id);
    expect(shown.stdout).toMatch(/analyse architecture +succeeded +1/);
    const json = await runCicd(['runs', 'show', id, '--json', ...config]);
    expect(JSON.parse(json.stdout)).toMatchObject({ id, state: 'succeeded' });

    const logged = await runCicd(['runs', 'logs', short, '--follow', ...config]);
    expect(logged.stdout).toContain('report: Report written');

    const unknown = await runCicd(['runs', 'show', 'ffffffff', ...config]);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('There is no run ffffffff');
  });

  test('retries a run, and leaves one that has ended as it is', async () => {
    const { config, id } = await projectWithRun(withHost);
    const retried = await runCicd(['runs', 'retry', id, ...config]);
    expect(retried.exitCode).toBe(0);
    const newId = retried.stdout.trim();
    expect(newId).not.toBe(id);
    const follow = `Follow it: cicd runs logs ${newId.slice(0, 8)} --follow`;
    expect(retried.stderr.includes(follow)).toBe(withHost);
    const shown = await runCicd(['runs', 'show', newId, '--json', ...config]);
    expect(JSON.parse(shown.stdout).cause).toEqual({ kind: 'run', runId: id });

    const stopped = await runCicd(['runs', 'stop', id, ...config]);
    expect(stopped.stderr).toContain('had ended already');
  });
});

test('cicd runs ls on a data folder that is not there lists nothing', async () => {
  const folder = folderWith(smallProject);
  const { exitCode, stdout } = await runCicd(['runs', 'ls', ...configOf(folder)]);
  expect(exitCode).toBe(0);
  expect(stdout).toBe('No runs.\n');
});

test('a retry works on its own after the host was killed; one that fails tells by exit code 1', async () => {
  const host = await startTestHost();
  const [run] = await untilAllEnded(host.url);
  await host.end('SIGKILL');
  const config = configOf(host.folder);
  const listed = await runCicd(['runs', 'ls', '--json', ...config]);
  expect(JSON.parse(listed.stdout).runs[0].id).toBe(run?.id);
  const retry = ['runs', 'retry', run?.id ?? '', ...config];
  expect(await runCicd(retry)).toMatchObject({ exitCode: 0 });
  rmSync(join(host.folder, 'orders'), { recursive: true });
  expect(await runCicd(retry)).toMatchObject({ exitCode: 1 });
});

test('cicd runs ls leaves out what schedules do day by day, unless it is asked for', async () => {
  const host = await startTestHost({
    'cicd.config.ts': `export default {
      schedules: { 'autonomous-cicd': { enabled: false } },
    };\n`,
  });
  const config = configOf(host.folder);
  await expect
    .poll(async () => (await listRuns(host.url, '?flow=system-health&state=succeeded')).runs, {
      timeout: 20_000,
    })
    .toHaveLength(1);
  const [tick] = await untilAllEnded(host.url);

  const usual = await runCicd(['runs', 'ls', ...config]);
  expect(usual.stdout).toBe('No runs.\n');
  const page = await (await fetch(host.url)).text();
  expect(page).not.toContain(`/runs/${tick?.id}`);
  for (const asking of [['--all'], ['--flow', 'system-health']]) {
    const listed = await runCicd(['runs', 'ls', ...asking, ...config]);
    expect(listed.stdout).toMatch(/system-health .* succeeded .* by schedule/);
  }
  const all = await (await fetch(`${host.url}/?select=all`)).text();
  expect(all).toContain(`/runs/${tick?.id}`);
});
