import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCodeHost } from '../../../lib/adapters/github/code-host.ts';
import { createSentDeliveries } from '../../../lib/adapters/github/sent-deliveries.ts';
import type { CicdServices } from '../../../lib/flows/autonomous-cicd/chore.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { choresOf, startSystem } from '../flows/cicd-fixture.ts';
import { githubWithApp, githubWithToken, type Github } from '../github/github-fixture.ts';
import { linearUnderTest } from '../linear/linear-under-test.ts';

beforeEach(() => setLogSink(() => {}));
afterEach(() => setLogSink(writeJsonLine));

/** Where nobody listens: nothing is delivered there. */
const ownUrl = 'http://127.0.0.1:9/webhooks/github';

const names = Array.from({ length: 50 }, (_, index) => `acme/part-${index}`);
const repositories = names.map((name) => ({ name }));

const withAppHook = () => githubWithApp({ repositories }, { hook: { url: ownUrl, secret: 'x' } });

async function withOrganisationHook(): Promise<Github> {
  const github = await githubWithToken({ repositories });
  github.server.addHook({ kind: 'organisation', organisation: 'acme' }, { url: ownUrl });
  return github;
}

/** A system that looks after fifty repositories and a Linear workspace. */
async function startReconciling({ access, server }: Github) {
  const linear = await linearUnderTest();
  const config = parseConfig({
    repositories: names.map((name) => ({
      name,
      analyseOnPush: true,
      components: { lib: ['lib'] },
    })),
  });
  const outside: Partial<CicdServices> = {
    config: { config, folder: '/src' },
    codeHost: createCodeHost(access),
    sentDeliveries: createSentDeliveries(access, {
      repositories: names,
      isOurs: (url) => url === ownUrl,
    }),
    tracker: linear.tracker,
    trackerAdmin: linear.admin,
  };
  const system = startSystem({ change: () => outside });
  return {
    server,
    tick: async () => {
      server.requests.length = 0;
      linear.server.requests.length = 0;
      const run = await system.tick();
      expect(run.error).toBeNull();
      return { chores: choresOf(run), toLinear: linear.server.requests.length };
    },
  };
}

function statuses({ requests }: Github['server']): number[] {
  return requests.map(({ status }) => status);
}

test.each([
  ['an App', withAppHook],
  ['an organisation', withOrganisationHook],
])('a quiet tick over 50 repositories with the hook of %s asks little', async (_, open) => {
  const { server, tick } = await startReconciling(await open());
  await tick();
  await tick();

  const { chores, toLinear } = await tick();

  expect(chores).toEqual({});
  expect(server.requests.length).toBeGreaterThan(50);
  expect(server.requests.length).toBeLessThanOrEqual(60);
  expect(statuses(server).filter((status) => status !== 304)).toEqual([]);
  expect(toLinear).toBeLessThanOrEqual(2);
});

test('a tick asks more of the repositories that have moved only, and tells them', async () => {
  const { server, tick } = await startReconciling(await withAppHook());
  await tick();
  await tick();
  for (const name of names.slice(0, 3)) {
    await server.push(name, { files: { 'lib/a.py': 'a = 1\n' } }, { tell: false });
  }

  const { chores } = await tick();

  expect(chores).toEqual({ 'pushes nobody told': [3, 3, 0] });
  // Each: where its head is, which branch that is, and what has changed.
  expect(statuses(server).filter((status) => status !== 304)).toHaveLength(9);
  expect((await tick()).chores).toEqual({});
});
