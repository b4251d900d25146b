import { expect, test } from 'vitest';
import { startWorkplace } from './command-fixture.ts';

const edit = 'echo "// better" >> src/cart.ts; echo Done.';

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
