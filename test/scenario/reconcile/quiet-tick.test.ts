import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCodeHost } from '../../../lib/adapters/github/code-host/code-host.ts';
import { createSentDeliveries } from '../../../lib/adapters/github/deliveries/sent-deliveries.ts';
import type { CicdServices } from '../../../lib/flows/autonomous-cicd/chore.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { choresOf, startSystem } from '../flows/cicd-fixture.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { githubWithApp, githubWithToken, type Github } from '../github/github-fixture.ts';
import { linearUnderTest } from '../linear/linear-under-test.ts';

beforeEach(() => setLogSink(() => {}));
afterEach(() => setLogSink(writeJsonLine));

/** Where nobody listens: nothing is delivered there. */
const ownUrl = 'http://127.0.0.1:9/webhooks/github';

const isOurs = (url: string) => url === ownUrl;

const names = Array.from({ length: 50 }, (_, index) => `acme/part-${index}`);
const repositories = names.map((name) => ({ name }));

const withAppHook = () => githubWithApp({ repositories }, { hook: { url: ownUrl, secret: 'x' } });

async function withOrganisationHook(): Promise<Github> {
  const github = await githubWithToken({ repositories });
  github.server.addHook({ kind: 'organisation', organisation: 'acme' }, { url: ownUrl });
  return github;
}

/** What looks after fifty repositories and a Linear workspace. */
async function prepare({ connect, server }: Github) {
  const folder = temporaryFolder();
  const linear = await linearUnderTest();
  const config = parseConfig({
    repositories: names.map((name) => ({
      name,
      analyseOnPush: true,
      components: { lib: ['lib'] },
    })),
  });
  const change = ({ store }: CicdServices): Partial<CicdServices> => {
    const access = connect();
    return {
      config: { config, folder: '/src' },
      codeHost: createCodeHost(access),
      sentDeliveries: createSentDeliveries(access, {
        store,
        repositories: names,
        isOurs,
        oursBy: ownUrl,
      }),
      tracker: linear.tracker,
      trackerAdmin: linear.admin,
    };
  };
  /** A process of it; those before have to be closed. */
  const start = () => {
    const system = startSystem({ folder, change });
    return {
      close: system.close,
      tick: async () => {
        server.requests.length = 0;
        linear.server.requests.length = 0;
        const run = await system.tick();
        expect(run.error).toBeNull();
        return { chores: choresOf(run), toLinear: linear.server.requests.length };
      },
    };
  };
  return { server, start };
}

/** What was told anew. */
function toldAnew({ requests }: Github['server']): string[] {
  return requests.filter(({ status }) => status !== 304).map(({ operation }) => String(operation));
}

const hooks: [string, () => Promise<Github>][] = [
  ['an App', withAppHook],
  ['an organisation', withOrganisationHook],
];

test.each(hooks)(
  'a quiet tick over 50 repositories with the hook of %s asks little',
  async (_, open) => {
    const { server, start } = await prepare(await open());
    const { tick } = start();
    await tick();
    await tick();

    const { chores, toLinear } = await tick();

    expect(chores).toEqual({});
    expect(server.requests.length).toBeGreaterThan(50);
    expect(server.requests.length).toBeLessThanOrEqual(60);
    expect(toldAnew(server)).toEqual([]);
    expect(toLinear).toBeLessThanOrEqual(2);
  },
);

test('so does the first one of another process', async () => {
  const { server, start } = await prepare(await withOrganisationHook());
  const first = start();
  await first.tick();
  await first.tick();
  await first.close();

  const { chores } = await start().tick();

  expect(chores).toEqual({});
  expect(server.requests.length).toBeLessThanOrEqual(60);
  expect(toldAnew(server)).toEqual([]);
});

test('with an App it asks as little, though not conditionally: it has another token', async () => {
  const { server, start } = await prepare(await withAppHook());
  const first = start();
  await first.tick();
  await first.tick();
  await first.close();

  const { chores } = await start().tick();

  expect(chores).toEqual({});
  expect(server.requests.length).toBeLessThanOrEqual(60);
  expect(new Set(toldAnew(server))).toEqual(
    new Set([
      'apps/get-repo-installation',
      'apps/create-installation-access-token',
      'repos/get-commit',
    ]),
  );
});

test('a tick asks more of the repositories that have moved only, and tells them', async () => {
  const { server, start } = await prepare(await withAppHook());
  const { tick } = start();
  await tick();
  await tick();
  for (const name of names.slice(0, 3)) {
    await server.push(name, { files: { 'lib/a.py': 'a = 1\n' } }, { tell: false });
  }

  const { chores } = await tick();

  expect(chores).toEqual({ 'pushes nobody told': [3, 3, 0] });
  // Each: where its head is, which branch that is, and what has changed.
  expect(toldAnew(server)).toHaveLength(9);
  expect((await tick()).chores).toEqual({});
});
