import { describe, expect, onTestFinished, test } from 'vitest';
import { createGithubAccess } from '../../../lib/adapters/github/access/access.ts';
import { createCodeHost } from '../../../lib/adapters/github/code-host/code-host.ts';
import { createSentDeliveries } from '../../../lib/adapters/github/deliveries/sent-deliveries.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import type { Hook } from '../../../lib/ports/sent-deliveries.ts';
import { buildStore } from '../../builders/dispatch-services.ts';
import { startFaultProxy, type Fault, type FaultProxy } from '../../support/fault-proxy.ts';
import { secondaryLimit, type Fault as Answer } from '../../support/github/faults.ts';
import { startGithubServer, type GithubServer } from '../../support/github/github-server.ts';
import { createTestApp } from '../../support/github/test-app.ts';

/** Of one request, in milliseconds. Short, as nothing here is far away. */
const requestMs = 300;
/** Of one operation with all its requests, their retries, and the pace that GitHub asks writers to keep. */
const operationMs = 12_000;

const ours = 'http://127.0.0.1:1/webhooks/github';
const { privateKey, seed: app } = createTestApp({ hook: { url: ours, secret: 'of-no-worth' } });
const isOurs = (url: string) => url === ours;
const hook: Hook = { kind: 'app' };
const yesterday = () => new Date(Date.now() - 24 * 3_600_000).toISOString();

const secrets: SecretStore = {
  get: (name) => {
    const values: Record<string, string> = {
      GITHUB_APP_ID: String(app.id),
      GITHUB_APP_PRIVATE_KEY: privateKey,
    };
    const value = values[name];
    return Promise.resolve(value === undefined ? [] : [value]);
  },
  refresh: () => Promise.resolve(true),
};

interface World {
  server: GithubServer;
  proxy: FaultProxy;
  /** All that the system does on GitHub, by name. */
  operations: Record<string, () => Promise<unknown>>;
  /** Lets the limits pass that GitHub has told. */
  waitMinutes: (minutes: number) => void;
}

/** The adapter behind a line that can fail; one push was sent to nobody. */
async function startWorld(): Promise<World> {
  const server = await startGithubServer({ repositories: [{ name: 'acme/shop' }], app });
  onTestFinished(() => {
    expect(server.violations).toEqual([]);
  });
  const { branches } = server.repository('acme/shop');
  const base = branches.get('main') ?? '';
  await server.push('acme/shop', { files: { 'a.py': 'x = 1\n' } });
  const head = branches.get('main') ?? '';
  const sentId = String(server.hooks[0]?.attempts[0]?.id);

  const proxy = await startFaultProxy(Number(new URL(server.url).port));
  const apiUrl = proxy.urlOf(server.url).replace(/\/$/, '');
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const access = createGithubAccess({ secrets, apiUrl, requestMs, retryMs: 10, now });
  const codeHost = createCodeHost(access);
  const repositories = ['acme/shop'];
  const sent = createSentDeliveries(access, {
    store: buildStore(),
    repositories,
    isOurs,
    oursBy: ours,
  });
  const at = { repository: 'acme/shop', commit: head, url: 'https://cicd.example/runs/1' };
  const operations = {
    status: () =>
      codeHost.setCommitStatus({ ...at, state: 'success', context: 'lib', description: 'Done' }),
    check: () =>
      codeHost.putCheckRun({
        ...at,
        name: 'lib',
        conclusion: 'success',
        title: 'Done',
        summary: 'Nothing new',
        externalId: 'run-1',
      }),
    issue: () =>
      codeHost.putIssue({
        repository: 'acme/shop',
        marker: 'report:lib',
        title: 'Report',
        body: 'Nothing new',
        open: true,
      }),
    head: () => codeHost.getHead('acme/shop', null),
    paths: () => codeHost.listChangedPaths('acme/shop', base, head),
    hooks: () => sent.listHooks(),
    deliveries: () => sent.list(hook, { since: yesterday(), etag: null }),
    payload: () => sent.getPayload(hook, sentId),
    redelivery: () => sent.redeliver(hook, sentId),
  };
  const waitMinutes = (minutes: number) => {
    ahead += minutes * 60_000;
  };
  return { server, proxy, operations, waitMinutes };
}

/** How each operation has ended; `late` is none of the ways that it may. */
async function outcomesOf({ operations }: World): Promise<Record<string, unknown>> {
  const ended = Object.entries(operations).map(async ([name, operate]) => {
    const timer = Promise.withResolvers<string>();
    const clock = setTimeout(() => timer.resolve('late'), operationMs);
    const outcome = operate().then(
      () => 'right',
      (error: unknown) => error,
    );
    const first = await Promise.race([outcome, timer.promise]);
    clearTimeout(clock);
    return [name, first] as const;
  });
  return Object.fromEntries(await Promise.all(ended));
}

const isClear = (error: unknown): boolean =>
  error instanceof UpstreamError && error.retryable && error.message.includes('GitHub');

/** Names of the operations that have failed, all clearly; others stand with what they have ended with. */
function failuresIn(outcomes: Record<string, unknown>): unknown[] {
  return Object.entries(outcomes)
    .filter(([, outcome]) => outcome !== 'right')
    .map(([name, outcome]) => (isClear(outcome) ? name : [name, outcome]));
}

/** What has become of everything, once the line is good. */
async function afterwards(world: World) {
  const failures = failuresIn(await outcomesOf(world));
  const { checkRuns, issues, statuses } = world.server.repository('acme/shop');
  const written = { checks: checkRuns.length, issues: issues.length, statuses: statuses.length };
  return { failures, ...written };
}

const writes = ['repos/create-commit-status', 'checks/create', 'issues/create'] as const;
const allOnce = { failures: [], checks: 1, issues: 1, statuses: 1 };

describe('a line that fails for a while', () => {
  test.each<[string, Fault]>([
    ['nobody answers the connection', { kind: 'refuse' }],
    ['nothing comes back, whatever was asked for', { kind: 'black-hole' }],
    ['all is carried out, and nothing comes back', { kind: 'silence' }],
    ['connections are reset within the answer', { kind: 'reset', afterBytes: 200 }],
    ['answers come in drops', { kind: 'dribble', bytesPerSecond: 400 }],
  ])('%s: every operation fails clearly, and does its work once afterwards', async (_, fault) => {
    const world = await startWorld();
    await world.operations['head']?.();
    world.proxy.set(fault);
    expect(failuresIn(await outcomesOf(world))).toEqual(Object.keys(world.operations));
    world.proxy.set({ kind: 'none' });
    expect(await afterwards(world)).toEqual(allOnce);
  });

  test('a slow one is waited for', async () => {
    const world = await startWorld();
    world.proxy.set({ kind: 'latency', milliseconds: 100 });
    expect(await afterwards(world)).toEqual(allOnce);
  });

  test.each([1, 2, 3])('by chance (%i): all ends right or clearly, and once', async (chance) => {
    const world = await startWorld();
    world.proxy.choose(chance, [
      { kind: 'none' },
      { kind: 'none' },
      { kind: 'silence' },
      { kind: 'reset', afterBytes: 200 },
      { kind: 'cut', afterBytes: 1_200 },
    ]);
    const names = Object.keys(world.operations);
    expect(names).toEqual(expect.arrayContaining(failuresIn(await outcomesOf(world))));
    world.proxy.set({ kind: 'none' });
    expect(await afterwards(world)).toEqual(allOnce);
  });
});

describe('a GitHub that fails', () => {
  test.each<[string, Answer]>([
    ['with 502', { kind: 'answer', status: 502, json: { message: 'Oops' } }],
    ['by a limit that does not say how long', secondaryLimit()],
    ['by a limit of a minute', secondaryLimit(60)],
    ['with 429', { kind: 'answer', status: 429, json: { message: 'Too many requests' } }],
  ])('%s: every operation fails clearly, and does its work once', async (_, fault) => {
    const world = await startWorld();
    await world.operations['head']?.();
    world.server.script({ fault, times: Infinity });
    expect(failuresIn(await outcomesOf(world))).toEqual(Object.keys(world.operations));
    world.server.unscript();
    world.waitMinutes(1);
    expect(await afterwards(world)).toEqual(allOnce);
  });

  test.each<[string, Answer]>([
    ['is cut', { kind: 'cut' }],
    ['is reset', { kind: 'reset' }],
    ['never comes', { kind: 'hang' }],
    ['is a failure', { kind: 'answer', status: 502, json: { message: 'Oops' } }],
  ])('when the answer to what was written %s, it is looked for', async (_, fault) => {
    const world = await startWorld();
    for (const operation of writes) world.server.script({ operation, fault, done: true });
    expect(failuresIn(await outcomesOf(world))).toEqual([]);
    expect(await afterwards(world)).toEqual(allOnce);
  });
});
