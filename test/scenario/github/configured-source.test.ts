import { expect, test } from 'vitest';
import { reportSchema, type Report } from '../../../lib/domain/report.ts';
import { startGithubServer, type GithubServer } from '../../support/github/github-server.ts';
import type { TokenSeed } from '../../support/github/seed.ts';
import { createTestApp } from '../../support/github/test-app.ts';
import { listRuns, startAnalysis, untilEnded } from '../../support/host-client.ts';
import { writeEnvFile } from '../../support/ingress-host.ts';
import { startTestHost, type RunningHost } from '../../support/start-host.ts';

const project = {
  'cicd.config.ts': `export default {
    repositories: [
      {
        name: 'acme/shop',
        source: 'github',
        analyseOnPush: true,
        components: { orders: ['orders'] },
      },
    ],
    analyseOnFirstStart: false,
    schedules: { 'autonomous-cicd': { enabled: false }, 'system-health': { enabled: false } },
  };\n`,
};

const webhookSecret = 'of-the-hook';
const files = { 'orders/total.py': 'def total(prices):\n    return sum(prices)\n' };
const repository = { name: 'acme/shop', private: true, files };

function startHost(env: Record<string, string>): Promise<RunningHost> {
  const lines = Object.entries(env).map(([name, value]) => `${name}=${value}\n`);
  return startTestHost({ ...project, '.env': lines.join('') });
}

async function analyse({ url }: RunningHost) {
  return untilEnded(url, await startAnalysis(url, { component: 'orders' }));
}

async function reportOf({ url }: RunningHost, runId: string): Promise<Report> {
  const response = await fetch(`${url}/api/runs/${runId}/report`);
  return reportSchema.parse(await response.json());
}

/** The analysis that the newest push has started, once it has ended. */
async function untilPushAnalysed(host: RunningHost, runs: number): Promise<Report> {
  await expect
    .poll(async () => (await listRuns(host.url)).runs.length, { timeout: 10_000 })
    .toBe(runs);
  const [newest] = (await listRuns(host.url)).runs;
  expect(await untilEnded(host.url, newest?.id ?? '')).toMatchObject({ state: 'succeeded' });
  return reportOf(host, newest?.id ?? '');
}

function headOf(server: GithubServer): string | undefined {
  return server.repository('acme/shop').branches.get('main');
}

test('a running host takes the token that is in .env now', async () => {
  const tokens: TokenSeed[] = [{ token: 'token-of-yesterday' }, { token: 'token-of-today' }];
  const server = await startGithubServer({ repositories: [repository], tokens });
  const env = { GITHUB_API_URL: server.url, GITHUB_TOKEN: 'token-of-yesterday' };
  const host = await startHost(env);
  expect((await analyse(host)).state).toBe('succeeded');

  tokens.shift();
  const refused = await analyse(host);
  expect(refused.state).toBe('failed');
  expect(refused.error?.message).toContain('GITHUB_TOKEN is wrong, expired or revoked');

  writeEnvFile(host.folder, { ...env, GITHUB_TOKEN: 'token-of-today' });
  expect((await analyse(host)).state).toBe('succeeded');
  expect(host.output()).not.toContain('token-of');
  expect(server.violations).toEqual([]);
});

test('a host that is a GitHub App reads a private repository, its key on one line of .env', async () => {
  const app = createTestApp();
  const server = await startGithubServer({ repositories: [repository], app: app.seed });
  const host = await startHost({
    GITHUB_API_URL: server.url,
    GITHUB_APP_ID: '7',
    GITHUB_APP_PRIVATE_KEY: app.privateKey.replaceAll('\n', String.raw`\n`),
  });
  const run = await analyse(host);
  expect(run.state).toBe('succeeded');
  expect((await reportOf(host, run.id)).source).toMatchObject({ commit: headOf(server) });
  expect(server.archiveAuthorizations).toEqual([undefined]);
  expect(server.violations).toEqual([]);
  expect(host.output()).not.toContain('PRIVATE KEY');
});

test('what is pushed is analysed as it was pushed, and compared with the push before', async () => {
  const server = await startGithubServer({
    repositories: [repository],
    tokens: [{ token: 'token-of-today' }],
  });
  const host = await startHost({
    GITHUB_API_URL: server.url,
    GITHUB_TOKEN: 'token-of-today',
    GITHUB_WEBHOOK_SECRET: webhookSecret,
  });
  const place = { kind: 'repository', repository: 'acme/shop' } as const;
  server.addHook(place, { url: `${host.url}/webhooks/github`, secret: webhookSecret });

  await server.push('acme/shop', { files: { 'orders/a.py': 'import os\n' } });
  const first = headOf(server);
  await server.push('acme/shop', { files: { 'README.md': '# Shop\n' } });
  const before = await untilPushAnalysed(host, 1);
  expect(before.source).toMatchObject({ ref: null, atCommit: first, commit: first });

  await server.push('acme/shop', { files: { 'orders/a.py': null } });
  const after = await untilPushAnalysed(host, 2);
  expect(after.source).toMatchObject({ ref: null, commit: headOf(server) });
  expect(after.comparison.previous).toMatchObject({ runId: before.runId, commit: first });
  expect(after.comparison.fixed).toBeGreaterThan(0);
});
