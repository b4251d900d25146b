import { expect, test } from 'vitest';
import type { AnalysisTasks } from '../../../lib/flows/component-analysis/tasks/analysis-tasks.ts';
import { startAnalysisHost } from '../../support/analysis-host.ts';
import { startGithubServer } from '../../support/github/github-server.ts';
import { createTestApp } from '../../support/github/test-app.ts';
import { folderWith } from '../../support/temporary-folder.ts';
import { gate } from '../engine/engine-fixture.ts';
import { settleOwed } from './answers-fixture.ts';

const commit = 'a'.repeat(40);
const files = { 'orders/api.py': 'import os\nimport requests\n\n\nrequests.get("https://a.b")\n' };

/** A repository that is answered so, and a host that acts there as an App. */
async function startWithGithub(
  githubReport: 'commit-status' | 'check-run' | 'issue',
  {
    change,
    paths = ['orders'],
  }: { change?: (tasks: AnalysisTasks) => Partial<AnalysisTasks>; paths?: string[] } = {},
) {
  const app = createTestApp();
  const github = await startGithubServer({
    repositories: [{ name: 'acme/shop', commit, files }],
    app: app.seed,
  });
  const host = startAnalysisHost({
    githubUrl: github.url,
    secrets: { GITHUB_APP_ID: String(app.seed.id), GITHUB_APP_PRIVATE_KEY: app.privateKey },
    config: {
      repositories: [
        { name: 'Acme/Shop', source: 'github', githubReport, components: { orders: paths } },
      ],
    },
    ...(change && { change }),
  });
  const source = { kind: 'github', repository: 'acme/shop', ref: null };
  const input = {
    repository: 'acme/shop',
    component: 'orders',
    paths,
    source: { ...source, atCommit: commit },
    origin: { kind: 'push', ref: 'refs/heads/main', commit },
  };
  const repository = github.repository('acme/shop');
  return { github, host, input, repository, withoutCommit: { ...input, source } };
}

test('a commit status shows that the analysis runs, and what it has found', async () => {
  const { github, host, input, repository } = await startWithGithub('commit-status');
  const run = await host.analyse(input);

  expect(run.result).toMatchObject({
    answers: [{ place: 'commit status in acme/shop', state: 'shown' }],
  });
  const context = 'cicd/component-analysis/orders';
  const targetUrl = `https://cicd.example/runs/${run.id}`;
  expect(repository.statuses).toMatchObject([
    { commit, context, state: 'pending', targetUrl },
    { commit, context, state: 'success', targetUrl, description: expect.stringMatching(/first/) },
  ]);
  expect(github.violations).toEqual([]);
});

test('a check run is made once and updated', async () => {
  const { github, host, input, repository } = await startWithGithub('check-run');
  await host.analyse(input);
  const run = await host.analyse(input);

  expect(repository.checkRuns).toMatchObject([
    {
      commit,
      name: 'component-analysis: orders',
      status: 'completed',
      conclusion: 'success',
      externalId: run.id,
      output: { summary: expect.stringContaining('orders') },
    },
  ]);
  expect(github.violations).toEqual([]);
});

test('where the commit is known at the end only, nothing is shown before', async () => {
  const { host, repository, withoutCommit } = await startWithGithub('commit-status');
  await host.analyse(withoutCommit);
  expect(repository.statuses).toMatchObject([{ commit, state: 'success' }]);
});

test('an analysis that fails says that it is at fault, not the commit', async () => {
  const paths = ['nothing'];
  const { host, input, repository } = await startWithGithub('commit-status', { paths });
  await host.analyse(input);
  expect(repository.statuses.at(-1)).toMatchObject({
    state: 'error',
    description: expect.stringContaining('has no files'),
  });
});

test('the status of a run that was stopped does not stay pending', async () => {
  const begun = gate();
  const { host, input, repository } = await startWithGithub('commit-status', {
    change: () => ({
      getComponentFiles: () => {
        begun.open();
        return Promise.withResolvers<never>().promise;
      },
    }),
  });
  const runId = await host.start(input);
  await begun.passed;
  await host.engine.stop(runId, 'Stopped by hand');
  expect(await settleOwed(host)).toBe(1);
  expect(repository.statuses.map(({ state }) => state)).toEqual(['pending', 'error']);
});

test('a component has one issue, closed once there is nothing to criticise', async () => {
  const { github, host, input, repository, withoutCommit } = await startWithGithub('issue');
  await host.analyse(input);
  await host.analyse(input);
  expect(repository.issues).toMatchObject([
    { title: 'Component analysis of orders', state: 'open' },
  ]);

  await github.push('acme/shop', { files: { 'orders/api.py': '' } });
  await host.analyse(withoutCommit);
  expect(repository.issues).toMatchObject([
    { title: 'Component analysis of orders', state: 'closed' },
  ]);
  expect(github.violations).toEqual([]);
});

test('only the analysis that is configured counts as what the component is like', async () => {
  const { host, input, repository, withoutCommit } = await startWithGithub('issue');
  await host.analyse(input);
  const shown = structuredClone(repository.issues);
  expect(shown).toMatchObject([{ state: 'open' }]);

  const { source } = withoutCommit;
  const folder = { kind: 'folder', path: folderWith({ 'orders/empty.py': '' }) };
  const others = [
    { ...input, paths: ['orders/**'] },
    { ...input, component: 'sales' },
    { ...input, source: { ...source, ref: 'feature' } },
    { ...input, source: folder },
  ];
  for (const other of others) {
    const { result } = await host.analyse(other);
    expect(result ?? {}).not.toHaveProperty('answers');
  }
  expect(repository.issues).toEqual(shown);
});

test('a commit that GitHub does not know is told, and the analysis stands', async () => {
  const { host, input } = await startWithGithub('commit-status', {
    change: (tasks) => ({
      readAnswer: async (request, log) => {
        const answer = await tasks.readAnswer(request, log);
        // As after a forced push.
        return answer && { ...answer, commit: 'b'.repeat(40) };
      },
    }),
  });
  const run = await host.analyse(input);
  expect(run).toMatchObject({
    state: 'succeeded',
    result: { answers: [{ state: 'owed', why: expect.stringContaining('bbbb') }] },
  });
  expect(await settleOwed(host)).toBe(1);
  expect(await settleOwed(host)).toBe(0);
});
