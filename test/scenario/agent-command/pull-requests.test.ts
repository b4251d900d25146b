import { expect, test } from 'vitest';
import { createHostRecords } from '../../../lib/adapters/command/host-records.ts';
import { requestsBy } from '../github/github-fixture.ts';
import { startWorkplace, type Workplace } from './command-fixture.ts';

const edit = 'echo "// better" >> src/cart.ts; mkdir out; echo 1 > out/log; echo Done.';
const opened = 'https://github.com/acme/shop/pull/1';

const pushesTo = ({ server }: Workplace) =>
  server.gitRequests.filter(({ path }) => path.includes('git-receive-pack'));

test('proposes what an agent has changed as one commit on a branch of its own, once', async () => {
  const { connect, request, run, server, store } = await startWorkplace();
  // The pull request is opened, and the answer is lost.
  server.script({ operation: 'pulls/create', fault: { kind: 'reset' }, done: true });
  const asked = request({ prompt: edit });

  const view = await run(asked);

  const branch = `cicd/${asked.id}`;
  expect(view).toMatchObject({ state: 'succeeded', text: 'Done.\n', problem: null });
  expect(view.pullRequests).toEqual([{ url: opened, title: 'code quality of cart', branch }]);
  const repository = server.repository('acme/shop');
  const commit = repository.commits.get(repository.branches.get(branch) ?? '');
  expect(commit).toMatchObject({
    parent: asked.commit,
    author: 'autonomous-cicd',
    message: `code quality of cart\n\nAgent-Run: ${asked.id}`,
  });
  expect(commit?.files['src/cart.ts']).toBe('export const cart = [];\n// better\n');
  expect(commit?.files['windows.txt']).toBe('one\r\ntwo\r\n');
  expect(Object.keys(commit?.files ?? {})).not.toContain('out/log');
  expect(repository.pullRequests).toMatchObject([{ head: branch, base: 'main' }]);
  expect(repository.issues[0]?.body).toContain('has changed 1 file.');

  // As if the host had been killed before it remembered what it has published.
  const records = createHostRecords(store);
  const known = await records.get(asked.id);
  if (known !== undefined) await records.put({ request: known.request });

  expect(await connect().get(asked.id)).toEqual(view);
  expect(requestsBy(server, 'POST')).toHaveLength(1);
  expect(repository.branches.size).toBe(2);
});

test('opens nothing where nothing has changed, or the agent has failed', async () => {
  const workplace = await startWorkplace();

  const views = await Promise.all([
    workplace.run({ prompt: 'mkdir out; echo 1 > out/log' }),
    workplace.run({ prompt: `${edit}; exit 1` }),
  ]);

  expect(views.map(({ pullRequests }) => pullRequests)).toEqual([[], []]);
  expect(views.map(({ state }) => state)).toEqual(['succeeded', 'failed']);
  expect(pushesTo(workplace)).toEqual([]);
});

test('proposes changes of another branch there, and points out workflows', async () => {
  const { run, server } = await startWorkplace();
  await server.push('acme/shop', { branch: 'next', files: { 'new.ts': '' } }, { tell: false });
  const commit = server.repository('acme/shop').branches.get('next') ?? '';
  const source = { kind: 'github', repository: 'acme/shop', ref: 'next' } as const;

  const view = await run({
    source,
    commit,
    prompt: 'mkdir -p .github/workflows; echo "on: push" > .github/workflows/ci.yml',
  });

  expect(view.problem).toBeNull();
  const { issues, pullRequests } = server.repository('acme/shop');
  expect(pullRequests).toMatchObject([{ base: 'next' }]);
  expect(issues[0]?.body).toContain('changes workflows of GitHub Actions:** `.github/workflows/ci');
});
