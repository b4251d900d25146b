import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchema, type Report } from '../../../lib/domain/report.ts';
import type { GithubServer } from '../../support/github/github-server.ts';
import { startAnalysis, untilEnded } from '../../support/host-client.ts';
import { refuse } from '../../support/local-server.ts';
import { runCicd, type CicdResult } from '../../support/run-cicd.ts';
import { headCommit, shopToken, startShop } from '../../support/shop-on-github.ts';
import { smallProject, startTestHost } from '../../support/start-host.ts';
import { tarballOf } from '../../support/tarball.ts';
import { folderWith, temporaryFolder } from '../../support/temporary-folder.ts';

const token = shopToken;

const files = {
  'src/orders/total.py': 'import os\n\n\ndef total(prices):\n    return sum(prices)\n',
  'src/orders/print_total.py': 'from orders.total import total\n\nprint(total([1, 2]))\n',
  'src/mail/send.py': 'def send():\n    return 1\n',
  '.gitignore': 'src\n',
};

const githubProject = `export default {
  repositories: [
    { name: 'acme/shop', source: 'github', ref: 'feature/x', components: { mailing: ['src/mail'] } },
  ],
  analyseOnFirstStart: false,
};\n`;

/** `cicd analyze` with a data folder of its own and this GitHub. */
function analyzeWith({ url }: GithubServer, data = join(temporaryFolder(), 'data')) {
  const env = { GITHUB_API_URL: url, GITHUB_TOKEN: token };
  return (...args: string[]): Promise<CicdResult> =>
    runCicd(['analyze', ...args, '--data', data], { env });
}

function reportOf({ stdout }: CicdResult): Report {
  return reportSchema.parse(JSON.parse(stdout));
}

describe('cicd analyze --repo', () => {
  test('reports on the folder whose path ends in the name, with ref and commit', async () => {
    const analyze = analyzeWith(await startShop(await tarballOf(files)));
    const ended = await analyze('orders', '--repo', 'acme/shop', '--ref', 'main');
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toMatch(/^# Component orders\n\nacme\/shop \(GitHub, `main`\) at `/);
    expect(ended.stdout).toContain(`at \`${headCommit.slice(0, 10)}\``);
    expect(ended.stdout + ended.stderr).not.toContain(token);
  });

  test('finds the folder without reading the source for it', async () => {
    const world = await startShop(await tarballOf(files), { paths: Object.keys(files) });
    const { exitCode } = await analyzeWith(world)('orders', '--repo', 'acme/shop');
    expect(exitCode).toBe(0);
    expect(world.archiveAuthorizations).toHaveLength(1);
  });

  test('takes a configured component of the repository, at the configured ref or another', async () => {
    const world = await startShop(await tarballOf(files));
    const config = join(folderWith({ 'cicd.config.ts': githubProject }), 'cicd.config.ts');
    const analyze = analyzeWith(world);
    const args = ['mailing', '--repo', 'Acme/Shop', '--format', 'json', '--config', config];
    const configured = reportOf(await analyze(...args));
    expect(configured.component).toMatchObject({ name: 'mailing', paths: ['src/mail'] });
    expect(configured.source).toMatchObject({ repository: 'acme/shop', ref: 'feature/x' });
    const onMain = reportOf(await analyze(...args, '--ref', 'main'));
    expect(onMain.component.paths).toEqual(['src/mail']);
    expect(onMain.source).toMatchObject({ ref: 'main', commit: headCommit });
  });

  test('takes globs, and what is committed although it is ignored', async () => {
    const analyze = analyzeWith(await startShop(await tarballOf(files)));
    const args = ['any', '--repo', 'acme/shop', '--path', 'src/**/*.py', '--format', 'json'];
    const report = reportOf(await analyze(...args));
    expect(report.files.analysed).toBe(3);
    expect(report.source).toEqual({
      kind: 'github',
      repository: 'acme/shop',
      ref: null,
      commit: headCommit,
    });
  });

  test('compares with the report before on the same ref, not with that of another', async () => {
    const data = join(temporaryFolder(), 'data');
    const analyze = analyzeWith(await startShop(await tarballOf(files)), data);
    const args = ['src/orders', '--path', 'src/orders', '--format', 'json', '--repo'];
    const first = reportOf(await analyze(...args, 'acme/shop', '--ref', 'main'));
    const again = reportOf(await analyze(...args, 'acme/shop', '--ref', 'main'));
    const other = reportOf(await analyze(...args, 'acme/shop', '--ref', 'feature/x'));
    expect(again.comparison.previous).toMatchObject({ runId: first.runId, commit: headCommit });
    expect(again.comparison.new).toBe(0);
    expect(other.comparison.previous).toBeNull();
  });

  test.each([
    [
      'a repository that is not there',
      ['orders', '--repo', 'acme/none'],
      'no repository acme/none',
    ],
    ['a ref that is not there', ['orders', '--repo', 'acme/shop', '--ref', 'nope'], '"nope"'],
    ['a folder that is not there', ['invoices', '--repo', 'acme/shop'], 'no folder "invoices"'],
    ['a repository that is no name', ['orders', '--repo', 'acme/..'], 'must be OWNER/NAME'],
    ['a ref that leads elsewhere', ['x', '--repo', 'a/b', '--ref', '../c'], 'must be a branch'],
    ['a ref of nothing', ['orders', '--ref', 'main'], '--ref goes with --repo'],
    ['two sources', ['orders', '--repo', 'acme/shop', '--source', '.'], 'cannot be used with'],
  ])('says so and ends with exit code 2: %s', async (_, args, words) => {
    const analyze = analyzeWith(await startShop(await tarballOf(files)));
    const { exitCode, stderr } = await analyze(...args);
    expect(stderr).toContain(words);
    expect(exitCode).toBe(2);
  });

  test('a token that GitHub does not accept is told, and not shown', async () => {
    const analyze = analyzeWith(
      await startShop(new Uint8Array(), { commits: refuse(401, 'Bad credentials') }),
    );
    const { exitCode, stderr } = await analyze('x', '--repo', 'acme/shop', '--path', '**');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('GITHUB_TOKEN is wrong, expired or revoked');
    expect(stderr).not.toContain(token);
  });
});

test('a host analyses a repository on GitHub by HTTP, with the token of its .env', async () => {
  const api = await startShop(await tarballOf(files));
  const host = await startTestHost({
    ...smallProject,
    '.env': `GITHUB_API_URL=${api.url}\nGITHUB_TOKEN=${token}\n`,
  });
  const id = await startAnalysis(host.url, {
    repository: 'acme/shop',
    component: 'orders',
    paths: ['src/orders/**'],
    source: { kind: 'github', repository: 'acme/shop', ref: 'main' },
  });
  expect((await untilEnded(host.url, id)).state).toBe('succeeded');
  expect(api.requests[0]?.authorization).toBe('token');
  expect(api.archiveAuthorizations).toEqual([undefined]);
  expect(host.output()).not.toContain(token);
});
