import { describe, expect, test } from 'vitest';
import { createGithubAccess } from '../../../lib/adapters/github/access/access.ts';
import { listGithubFiles } from '../../../lib/adapters/github/source/file-list.ts';
import type { GithubSource } from '../../../lib/domain/source.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { refuse, startServer, type LocalServer } from '../../support/local-server.ts';

const file = { path: 'src/a.py', mode: '100644', type: 'blob' };

function startWith(answer: object): Promise<LocalServer> {
  return startServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer));
  });
}

function listFrom({ url }: LocalServer, source: Partial<GithubSource> = {}) {
  const access = createGithubAccess({ secrets: buildSecrets(), apiUrl: url, retryMs: 1 });
  return listGithubFiles(access, { kind: 'github', repository: 'acme/shop', ref: null, ...source });
}

describe('the list of files of a repository', () => {
  test('holds files, not folders, links and other repositories', async () => {
    const api = await startWith({
      truncated: false,
      tree: [
        file,
        { path: 'src', mode: '040000', type: 'tree' },
        { path: 'link', mode: '120000', type: 'blob' },
        { path: 'vendor/other', mode: '160000', type: 'commit' },
        { path: 'run.sh', mode: '100755', type: 'blob' },
      ],
    });
    expect(await listFrom(api)).toEqual(['src/a.py', 'run.sh']);
  });

  test.each<[string, Partial<GithubSource>, string]>([
    ['the default branch', {}, 'HEAD'],
    ['a branch with a slash', { ref: 'feature/x' }, 'feature%2Fx'],
    ['a commit rather than its branch', { ref: 'main', atCommit: 'f'.repeat(40) }, 'f'.repeat(40)],
  ])('is that of %s, in one request', async (_, source, asked) => {
    const api = await startWith({ truncated: false, tree: [file] });
    expect(await listFrom(api, source)).toEqual(['src/a.py']);
    expect(api.seen.map(({ line }) => line)).toEqual([
      `GET /repos/acme/shop/git/trees/${asked}?recursive=1`,
    ]);
  });

  test('is none at all where GitHub has cut it', async () => {
    expect(await listFrom(await startWith({ truncated: true, tree: [file] }))).toBeUndefined();
  });

  test.each([404, 409])('is none where there is nothing to list: %i', async (status) => {
    expect(await listFrom(await startServer(refuse(status, 'Nothing')))).toBeUndefined();
  });

  test('is a failure where GitHub refuses it', async () => {
    const api = await startServer(refuse(401, 'Bad credentials'));
    await expect(listFrom(api)).rejects.toMatchObject({ name: 'FinalUpstreamError', status: 401 });
  });
});
