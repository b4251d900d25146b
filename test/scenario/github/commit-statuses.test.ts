import { describe, expect, it } from 'vitest';
import { createCodeHost } from '../../../lib/adapters/github/code-host/code-host.ts';
import type { CommitStatus } from '../../../lib/ports/code-host.ts';
import { githubWithApp, githubWithToken, headOf, requestsBy, shop } from './github-fixture.ts';

function aStatus(commit: string, changes: Partial<CommitStatus> = {}): CommitStatus {
  return {
    repository: shop.name,
    commit,
    state: 'success',
    context: 'cicd/component-analysis/lib',
    description: 'Nothing new',
    url: 'https://cicd.example/runs/1',
    ...changes,
  };
}

describe('a commit status', () => {
  it('is set once, however often the same is to be shown', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    const status = aStatus(headOf(server));
    await codeHost.setCommitStatus(status);
    await codeHost.setCommitStatus(status);
    expect(server.repository(shop.name).statuses).toMatchObject([
      { state: 'success', description: 'Nothing new', targetUrl: status.url, creator: 'ada' },
    ]);
  });

  it('is set anew when it tells something else', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    await codeHost.setCommitStatus(aStatus(headOf(server), { state: 'pending' }));
    await codeHost.setCommitStatus(aStatus(headOf(server), { state: 'success' }));
    await codeHost.setCommitStatus(aStatus(headOf(server), { state: 'pending' }));
    const states = server.repository(shop.name).statuses.map(({ state }) => state);
    expect(states).toEqual(['pending', 'success', 'pending']);
  });

  it('is compared with the newest of its own context', async () => {
    const { access, server } = await githubWithToken();
    const { statuses } = server.repository(shop.name);
    const codeHost = createCodeHost(access);
    const mine = aStatus(headOf(server));
    await codeHost.setCommitStatus(mine);
    const [first] = statuses;
    if (first === undefined) throw new Error('There is no status');
    // As many contexts as fill the first page.
    for (let n = 0; n < 120; n += 1) statuses.push({ ...first, id: 5_000 + n, context: `ci/${n}` });
    await codeHost.setCommitStatus(mine);
    expect(statuses.filter(({ context }) => context === mine.context)).toHaveLength(1);
  });

  it('has one line of at most 140 characters', async () => {
    const { access, server } = await githubWithToken();
    const description = `2 new\nfindings: ${'ж'.repeat(200)}`;
    await createCodeHost(access).setCommitStatus(aStatus(headOf(server), { description }));
    const [status] = server.repository(shop.name).statuses;
    expect(status?.description).toMatch(/^2 new ⏎ findings: ж+…$/u);
    expect(Array.from(status?.description ?? '')).toHaveLength(140);
  });

  it('finds the repository by its name in other capital letters', async () => {
    const { access, server } = await githubWithToken();
    const status = aStatus(headOf(server), { repository: 'ACME/Shop' });
    await createCodeHost(access).setCommitStatus(status);
    expect(server.repository(shop.name).statuses).toHaveLength(1);
  });

  it('is set by an App, too', async () => {
    const { access, server } = await githubWithApp();
    await createCodeHost(access).setCommitStatus(aStatus(headOf(server)));
    expect(server.repository(shop.name).statuses).toMatchObject([{ creator: 'acme-cicd[bot]' }]);
  });

  it('stands once when the answer to it got lost', async () => {
    const { access, server } = await githubWithToken();
    server.script({
      operation: 'repos/create-commit-status',
      fault: { kind: 'reset' },
      done: true,
    });
    await createCodeHost(access).setCommitStatus(aStatus(headOf(server)));
    expect(server.repository(shop.name).statuses).toHaveLength(1);
    expect(requestsBy(server, 'POST')).toHaveLength(1);
  });

  it('fails retryably when it could not be set', async () => {
    const { access, server } = await githubWithToken();
    server.script({
      operation: 'repos/create-commit-status',
      fault: { kind: 'answer', status: 502 },
    });
    const codeHost = createCodeHost(access);
    await expect(codeHost.setCommitStatus(aStatus(headOf(server)))).rejects.toMatchObject({
      retryable: true,
      status: 502,
    });
    await codeHost.setCommitStatus(aStatus(headOf(server)));
    expect(server.repository(shop.name).statuses).toHaveLength(1);
  });

  it('fails for good at a commit that GitHub does not know', async () => {
    const { access } = await githubWithToken();
    const commit = 'c0ffee'.repeat(6) + 'cafe';
    await expect(createCodeHost(access).setCommitStatus(aStatus(commit))).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining(commit),
    });
  });

  it('says which right is missing, and shows no token', async () => {
    const { access, server } = await githubWithToken({}, { role: 'read' });
    const setting = createCodeHost(access).setCommitStatus(aStatus(headOf(server)));
    await expect(setting).rejects.toMatchObject({
      retryable: false,
      message: expect.stringMatching(/^(?!.*github_pat).*"Commit statuses: write"/),
    });
  });

  it('is paced: at most 60 a minute are written, whoever asks for how many', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    const begun = performance.now();
    const contexts = Array.from({ length: 6 }, (_, n) => `cicd/component-analysis/${n}`);
    await Promise.all(
      contexts.map((context) => codeHost.setCommitStatus(aStatus(headOf(server), { context }))),
    );
    expect(server.repository(shop.name).statuses).toHaveLength(6);
    expect(performance.now() - begun).toBeGreaterThan(4_900);
  });
});
