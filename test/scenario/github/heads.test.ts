import { describe, expect, it } from 'vitest';
import { createCodeHost } from '../../../lib/adapters/github/code-host/code-host.ts';
import { githubWithApp, githubWithToken, headOf, shop } from './github-fixture.ts';

describe('the head of a repository', () => {
  it('is told with its branch, and costs nothing while it stays', async () => {
    const { access, server } = await githubWithApp();
    const codeHost = createCodeHost(access);
    const head = await codeHost.getHead(shop.name, null);
    expect(head).toMatchObject({ branch: 'main', commit: headOf(server) });
    if (head === 'unchanged') throw new Error('It was not known before');

    const before = server.requests.length;
    expect(await codeHost.getHead(shop.name, head)).toBe('unchanged');
    expect(server.requests.slice(before).map(({ status }) => status)).toEqual([304]);
  });

  it('is told anew when it has moved', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    const head = await codeHost.getHead(shop.name, null);
    if (head === 'unchanged') throw new Error('It was not known before');
    await server.push(shop.name, { files: { 'a.py': 'a = 1\n' } });
    expect(await codeHost.getHead(shop.name, head)).toMatchObject({
      branch: 'main',
      commit: headOf(server),
    });
  });

  it('is that of another branch where that is asked for', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    await server.push(shop.name, { branch: 'release/1', files: { 'a.py': 'a = 1\n' } });
    const head = await codeHost.getHead(shop.name, null, 'release/1');
    const commit = server.repository(shop.name).branches.get('release/1');
    expect(head).toMatchObject({ branch: 'release/1', commit });
    if (head === 'unchanged') throw new Error('It was not known before');
    expect(await codeHost.getHead(shop.name, head, 'release/1')).toBe('unchanged');
  });

  it('is not that of a tag or a commit, even of one that is called like a branch', async () => {
    const { access, server } = await githubWithToken();
    const codeHost = createCodeHost(access);
    const { tags } = server.repository(shop.name);
    tags.set('v1', headOf(server));
    for (const ref of ['v1', headOf(server)]) {
      await expect(codeHost.getHead(shop.name, null, ref)).rejects.toMatchObject({
        retryable: false,
        status: 404,
        message: expect.stringContaining(`acme/shop has no branch "${ref}" on GitHub`),
      });
    }
    tags.set('stable', headOf(server));
    await server.push(shop.name, { branch: 'stable', files: { 'a.py': 'a = 1\n' } });
    expect(await codeHost.getHead(shop.name, null, 'stable')).toMatchObject({
      commit: server.repository(shop.name).branches.get('stable'),
    });
  });

  it('is not there in an empty repository, nor in one that is gone', async () => {
    const empty = { name: 'acme/empty', files: null };
    const { access } = await githubWithToken({ repositories: [empty] });
    const codeHost = createCodeHost(access);
    await expect(codeHost.getHead('acme/empty', null)).rejects.toMatchObject({
      retryable: false,
      message: 'acme/empty has no commits on GitHub.',
    });
    await expect(codeHost.getHead('acme/gone', null)).rejects.toMatchObject({
      retryable: false,
      status: 404,
      message: expect.stringContaining('the head of acme/gone'),
    });
  });
});

describe('the paths that differ between two commits', () => {
  const files = { 'kept.py': '', 'changed.py': '1', 'removed.py': '' };

  it('are those of all commits in between', async () => {
    const { access, server } = await githubWithToken({ repositories: [{ ...shop, files }] });
    const base = headOf(server);
    await server.push(shop.name, { files: { 'changed.py': '2', 'removed.py': null } });
    await server.push(shop.name, { files: { 'added.py': '' } });
    const paths = await createCodeHost(access).listChangedPaths(shop.name, base, headOf(server));
    expect(paths?.toSorted()).toEqual(['added.py', 'changed.py', 'removed.py']);
  });

  it('have both names of a file that was renamed', async () => {
    const { access, server } = await githubWithToken();
    const renamed = { filename: 'new.py', previous_filename: 'old.py', status: 'renamed' };
    const json = { status: 'ahead', files: [renamed] };
    const operation = 'repos/compare-commits-with-basehead';
    server.script({ operation, fault: { kind: 'answer', status: 200, json } });
    const head = headOf(server);
    const paths = await createCodeHost(access).listChangedPaths(shop.name, head, head);
    expect(paths).toEqual(['new.py', 'old.py']);
  });

  it('are none between a commit and itself', async () => {
    const { access, server } = await githubWithToken();
    const head = headOf(server);
    expect(await createCodeHost(access).listChangedPaths(shop.name, head, head)).toEqual([]);
  });

  it('are unknown when there are more than GitHub tells', async () => {
    const { access, server } = await githubWithToken();
    const base = headOf(server);
    const many = Array.from({ length: 300 }, (_, n) => [`file-${n}.py`, ''] as const);
    await server.push(shop.name, { files: Object.fromEntries(many) });
    expect(
      await createCodeHost(access).listChangedPaths(shop.name, base, headOf(server)),
    ).toBeNull();
  });

  it('are unknown when the base is gone, or was replaced', async () => {
    const { access, server } = await githubWithToken();
    await server.push(shop.name, { files: { 'a.py': '' } });
    const replaced = headOf(server);
    await server.push(shop.name, { files: { 'b.py': '' }, force: true });
    const codeHost = createCodeHost(access);
    expect(await codeHost.listChangedPaths(shop.name, replaced, headOf(server))).toBeNull();
    const gone = '0123456789'.repeat(4);
    expect(await codeHost.listChangedPaths(shop.name, gone, headOf(server))).toBeNull();
  });

  it('are unknown when GitHub takes too long to compare', async () => {
    const { access, server } = await githubWithToken();
    const head = headOf(server);
    server.script({
      operation: 'repos/compare-commits-with-basehead',
      fault: { kind: 'answer', status: 500 },
      times: 3,
    });
    expect(await createCodeHost(access).listChangedPaths(shop.name, head, head)).toBeNull();
  });
});
