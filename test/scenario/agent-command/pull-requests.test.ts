import { expect, test } from 'vitest';
import { runGit } from '../../support/github/git/run-git.ts';
import { startWorkplace } from './command-fixture.ts';

test('proposes what an agent has changed as one commit on a branch of its own', async () => {
  const script = 'cat >&2; echo "// better" >> src/cart.ts; mkdir out; echo 1 > out/log; echo Done.';
  const { request, run, server } = await startWorkplace(script);
  const asked = request();

  const view = await run(asked);

  const branch = `cicd/${asked.id}`;
  const url = 'https://github.com/acme/shop/pull/1';
  expect(view).toMatchObject({ state: 'succeeded', status: 'exit 0', text: 'Done.\n', problem: null });
  expect(view.pullRequests).toEqual([{ url, title: 'code quality of cart', branch }]);
  const repository = server.repository('acme/shop');
  const commit = repository.commits.get(repository.branches.get(branch) ?? '');
  expect(commit).toMatchObject({
    parent: asked.commit,
    author: 'autonomous-cicd',
    message: `code quality of cart\n\nAgent-Run: ${asked.id}`,
    files: { 'src/cart.ts': 'export const cart = [];\n// better\n', 'windows.txt': 'one\r\ntwo\r\n' },
  });
  expect(Object.keys(commit?.files ?? {})).not.toContain('out/log');
  expect(repository.pullRequests).toMatchObject([{ head: branch, base: 'main' }]);
  expect(repository.issues[0]?.body).toContain('has changed 1 file.');
});
