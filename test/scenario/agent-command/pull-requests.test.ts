import { expect, test } from 'vitest';
import { createHostRecords } from '../../../lib/adapters/command/host-records.ts';
import { requestsBy } from '../github/github-fixture.ts';
import { startWorkplace, type Workplace } from './command-fixture.ts';

const edit = 'echo "// better" >> src/cart.ts; mkdir out; echo 1 > out/log; echo Done.';
const opened = 'https://github.com/acme/shop/pull/1';

const pushesTo = ({ server }: Workplace) =>
  server.gitRequests.filter(({ path }) => path.includes('git-receive-pack'));

test('proposes what an agent has changed as one commit on a branch of its own', async () => {
  const { request, run, server } = await startWorkplace();
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
});

test('a host that was killed while it published repeats nothing', async () => {
  const workplace = await startWorkplace();
  const { connect, request, run, server, store } = workplace;
  server.script({ operation: 'pulls/create', fault: { kind: 'reset' }, done: true });
  const asked = request({ prompt: edit });
  const first = await run(asked);

  const records = createHostRecords(store);
  const known = await records.get(asked.id);
  if (known !== undefined) await records.put({ request: known.request });
  const again = await connect().get(asked.id);

  expect(first.pullRequests).toMatchObject([{ url: opened }]);
  expect(again).toEqual(first);
  expect(requestsBy(server, 'POST')).toHaveLength(1);
  expect(server.repository('acme/shop').branches.size).toBe(2);
});

test('opens nothing where nothing has changed, or may not', async () => {
  const workplace = await startWorkplace();

  const views = await Promise.all([
    workplace.run({ prompt: 'mkdir out; echo 1 > out/log' }),
    workplace.run({ prompt: edit, mayChangeCode: false }),
    workplace.run({ prompt: `${edit}; exit 1` }),
  ]);

  expect(views.map(({ pullRequests }) => pullRequests)).toEqual([[], [], []]);
  expect(views.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'failed']);
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

test('keeps the answer, and says what to do, where its changes are refused', async () => {
  const workplace = await startWorkplace();
  const { request, run, server } = workplace;
  await server.refusePushes('acme/shop', 'error: GH006: Protected branch update failed.');
  const ruled = await run({ prompt: edit });
  await server.refusePushes('acme/shop', null);
  const taken = request({ prompt: edit });
  const branch = `cicd/${taken.id}`;
  await server.push('acme/shop', { branch, files: { 'x.ts': '' } }, { tell: false });
  const foreign = await run(taken);

  expect(ruled).toMatchObject({ state: 'succeeded', text: 'Done.\n', pullRequests: [] });
  expect(ruled.problem).toContain('allow branches cicd/* there');
  expect(foreign.problem).toContain('The branch holds commits of somebody else.');
  expect(server.repository('acme/shop').pullRequests).toEqual([]);
});

test('keeps the answer where the token may not push', async () => {
  const { run } = await startWorkplace({ token: { role: 'read' } });

  const view = await run({ prompt: edit });

  expect(view).toMatchObject({ state: 'succeeded', text: 'Done.\n', pullRequests: [] });
  expect(view.problem).toContain('the right "Contents: write"');
});

test('tries what fails in passing some more times, then gives the answer without', async () => {
  const { provider, request, server } = await startWorkplace();
  const fault = { kind: 'answer', status: 500, json: {} } as const;
  server.script({ operation: 'pulls/list', fault, times: Infinity });
  const asked = request({ prompt: edit });
  await provider.start(asked);

  const failures: unknown[] = [];
  const look = () => provider.get(asked.id).catch((error: unknown) => void failures.push(error));
  await expect.poll(look, { timeout: 20_000, interval: 20 }).toMatchObject({ state: 'succeeded' });

  expect(failures).toHaveLength(4);
  expect(failures).toMatchObject(failures.map(() => ({ name: 'UpstreamError', retryable: true })));
  const view = await provider.get(asked.id);
  expect(view?.text).toBe('Done.\n');
  expect(view?.problem).toBe('Its changes could not be published. GitHub has failed (500).');
});
