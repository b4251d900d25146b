import { describe, expect, it } from 'vitest';
import { createCodeHost } from '../../../lib/adapters/github/code-host/code-host.ts';
import type { CheckRun } from '../../../lib/ports/code-host.ts';
import { githubWithApp, githubWithToken, headOf, requestsBy, shop } from './github-fixture.ts';

function aCheck(commit: string, changes: Partial<CheckRun> = {}): CheckRun {
  return {
    repository: shop.name,
    commit,
    name: 'component-analysis: lib',
    conclusion: null,
    title: 'Under way',
    summary: 'Reading files',
    url: 'https://cicd.example/runs/1',
    externalId: 'run-1',
    ...changes,
  };
}

const done = { conclusion: 'neutral', title: '2 new findings', summary: 'Look at *them*' } as const;

describe('a check run', () => {
  it('is made, and then kept up to date', async () => {
    const { access, server } = await githubWithApp();
    const codeHost = createCodeHost(access);
    const check = aCheck(headOf(server));
    const first = await codeHost.putCheckRun(check);
    const second = await codeHost.putCheckRun({ ...check, ...done });
    expect(second).toEqual(first);
    expect(first.url).toContain('acme/shop');
    expect(server.repository(shop.name).checkRuns).toMatchObject([
      {
        name: check.name,
        status: 'completed',
        conclusion: 'neutral',
        externalId: 'run-1',
        detailsUrl: check.url,
        output: { title: '2 new findings', summary: 'Look at *them*' },
      },
    ]);
  });

  it('is not written when it shows that already', async () => {
    const { access, server } = await githubWithApp();
    const codeHost = createCodeHost(access);
    const check = aCheck(headOf(server), done);
    await codeHost.putCheckRun(check);
    await codeHost.putCheckRun(check);
    expect(requestsBy(server, 'PATCH')).toEqual([]);
  });

  it('serves the next run of the same component', async () => {
    const { access, server } = await githubWithApp();
    const codeHost = createCodeHost(access);
    await codeHost.putCheckRun(aCheck(headOf(server), done));
    await codeHost.putCheckRun(aCheck(headOf(server), { externalId: 'run-2' }));
    expect(server.repository(shop.name).checkRuns).toMatchObject([
      { status: 'in_progress', externalId: 'run-2' },
    ]);
  });

  it('is made once when the answer to it got lost', async () => {
    const { access, server } = await githubWithApp();
    server.script({ operation: 'checks/create', fault: { kind: 'cut' } });
    await createCodeHost(access).putCheckRun(aCheck(headOf(server)));
    expect(server.repository(shop.name).checkRuns).toHaveLength(1);
    expect(requestsBy(server, 'POST').filter((path) => path.includes('check'))).toHaveLength(1);
  });

  it('has a summary that fits, in bytes, and leads to the whole', async () => {
    const { access, server } = await githubWithApp();
    const summary = 'A line with “quotes”, as people write them 🐍\n'.repeat(2_000);
    await createCodeHost(access).putCheckRun(aCheck(headOf(server), { summary }));
    const [run] = server.repository(shop.name).checkRuns;
    const shown = run?.output.summary ?? '';
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(shown)).toBeGreaterThan(65_400);
    expect(shown).toContain('[all of it](https://cicd.example/runs/1)');
  });

  it('needs an App: a token is told what to use instead', async () => {
    const { access, server } = await githubWithToken();
    await expect(createCodeHost(access).putCheckRun(aCheck(headOf(server)))).rejects.toMatchObject({
      retryable: false,
      message: 'Check runs need a GitHub App. Set one up, or ask for `commit-status` instead.',
    });
  });

  it('says which permission the App lacks', async () => {
    const installation = { id: 42, account: 'acme', permissions: { checks: 'read' } } as const;
    const { access, server } = await githubWithApp({}, { installations: [installation] });
    await expect(createCodeHost(access).putCheckRun(aCheck(headOf(server)))).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('"Checks: write"'),
    });
  });
});
