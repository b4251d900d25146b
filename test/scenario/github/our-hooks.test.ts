import { describe, expect, it } from 'vitest';
import type { GithubAccess } from '../../../lib/adapters/github/access/access.ts';
import {
  createSentDeliveries,
  type SentDeliveriesOptions,
} from '../../../lib/adapters/github/deliveries/sent-deliveries.ts';
import { buildStore } from '../../builders/dispatch-services.ts';
import type { Fault } from '../../support/github/faults.ts';
import { githubWithApp, githubWithToken, shop, type Github } from './github-fixture.ts';

const ours = 'http://127.0.0.1:9/webhooks/github';
const isOurs = (url: string) => url === ours;
const foreign = 'http://127.0.0.1:9/somebody-elses';
const tea = { name: 'acme/tea' };
const repositories = [shop.name, tea.name];

const atShop = { kind: 'repository', repository: shop.name } as const;
const atTea = { kind: 'repository', repository: tea.name } as const;
const atAcme = { kind: 'organisation', organisation: 'acme' } as const;

/** As each process looks for them that shares the store. */
function createSent(access: GithubAccess, options: Partial<SentDeliveriesOptions> = {}) {
  return createSentDeliveries(access, {
    store: buildStore(),
    repositories,
    isOurs,
    oursBy: ours,
    ...options,
  });
}

function listHooks({ access }: Github) {
  return createSent(access).listHooks();
}

const seed = { repositories: [shop, tea] };

describe('the webhooks that point at this system', () => {
  it('are that of the App, and then no other is looked for', async () => {
    const github = await githubWithApp(seed, { hook: { url: ours, secret: 'of-ours' } });
    expect(await listHooks(github)).toEqual({ hooks: [{ kind: 'app' }], problems: [] });
    expect(github.server.requests).toHaveLength(1);
  });

  it('are that of the organisation, and then none of its repositories is looked at', async () => {
    const github = await githubWithToken(seed);
    github.server.addHook(atAcme, { url: foreign });
    const { id } = github.server.addHook(atAcme, { url: ours });
    github.server.addHook(atShop, { url: ours });
    expect(await listHooks(github)).toEqual({
      hooks: [{ ...atAcme, id: String(id) }],
      problems: [],
    });
  });

  it('are all that is kept: addresses of others may hold secrets', async () => {
    const github = await githubWithToken(seed);
    github.server.addHook(atAcme, { url: `${foreign}?token=theirs` });
    github.server.addHook(atAcme, { url: ours });
    const store = buildStore();
    await createSent(github.access, { store }).listHooks();
    const { items } = await store.list('github', { limit: 100 });
    expect(items.length).toBeGreaterThan(0);
    expect(JSON.stringify(items)).not.toContain('theirs');
  });

  it('are looked for anew where something else counts as ours', async () => {
    const github = await githubWithToken(seed);
    const { id } = github.server.addHook(atAcme, { url: foreign });
    const store = buildStore();
    await createSent(github.access, { store }).listHooks();
    const changed = { store, isOurs: (url: string) => url === foreign, oursBy: foreign };
    const { hooks } = await createSent(github.access, changed).listHooks();
    expect(hooks).toEqual([{ ...atAcme, id: String(id) }]);
  });

  it('are those of the repositories, where nothing above has one', async () => {
    const github = await githubWithToken(seed);
    github.server.addHook(atAcme, { url: foreign });
    const first = github.server.addHook(atShop, { url: ours });
    const second = github.server.addHook(atTea, { url: ours });
    expect(await listHooks(github)).toEqual({
      hooks: [
        { ...atShop, id: String(first.id) },
        { ...atTea, id: String(second.id) },
      ],
      problems: [],
    });
  });

  it('are looked for without a word about the organisation, where each repository has one', async () => {
    const github = await githubWithToken(seed, { scopes: ['repo'] });
    github.server.addHook(atShop, { url: ours });
    github.server.addHook(atTea, { url: ours });
    const { hooks, problems } = await listHooks(github);
    expect(hooks).toHaveLength(2);
    expect(problems).toEqual([]);
  });

  it('are named with the missing right, where we may not see them', async () => {
    const github = await githubWithToken(seed, { role: 'write' });
    github.server.addHook(atShop, { url: ours });
    const { hooks, problems } = await listHooks(github);
    expect(hooks).toEqual([]);
    expect(problems).toEqual([
      expect.stringMatching(/organisation acme.*"Organization webhooks: read .*admin:org_hook\)"/),
      expect.stringMatching(/acme\/shop.*"Webhooks: read \(classic token: admin:repo_hook\)"/),
      expect.stringMatching(/acme\/tea.*"Webhooks: read/),
    ]);
  });

  it('fail as a whole for credentials that are not taken, which are shown once', async () => {
    const github = await githubWithToken({ ...seed, users: ['acme'] });
    const store = buildStore();
    await createSent(github.access, { store }).listHooks();
    const revoked: Fault = { kind: 'answer', status: 401, json: { message: 'Bad credentials' } };
    github.server.script({ fault: revoked, times: Infinity });
    github.server.requests.length = 0;
    const again = createSent(github.connect(), { store }).listHooks();
    await expect(again).rejects.toMatchObject({ status: 401 });
    expect(github.server.requests).toHaveLength(1);
  });

  it('fail as a whole while GitHub is down, and are found again after it', async () => {
    const github = await githubWithToken(seed);
    const sent = createSent(github.access);
    github.server.addHook(atAcme, { url: ours });
    github.server.script({ fault: { kind: 'answer', status: 503 }, times: 3 });
    await expect(sent.listHooks()).rejects.toMatchObject({ retryable: true, status: 503 });
    expect((await sent.listHooks()).hooks).toHaveLength(1);
  });

  it('cost nothing while they stay as they are', async () => {
    const github = await githubWithToken(seed);
    github.server.addHook(atShop, { url: ours });
    const store = buildStore();
    const first = await createSent(github.access, { store }).listHooks();
    const before = github.server.requests.length;
    expect(await createSent(github.connect(), { store }).listHooks()).toEqual(first);
    const statuses = github.server.requests.slice(before).map(({ status }) => status);
    expect(statuses).toEqual([304, 304, 304]);
  });

  it('are looked for with the repositories alone, where a person owns them', async () => {
    const github = await githubWithToken({ ...seed, users: ['acme'] });
    const { id } = github.server.addHook(atShop, { url: ours });
    expect(await listHooks(github)).toEqual({
      hooks: [{ ...atShop, id: String(id) }],
      problems: [],
    });
    const paths = github.server.requests.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('/orgs/'))).toEqual([]);
  });

  it.each([
    ['a user is asked for once a week', { users: ['acme'] }, 7 * 24 * 60],
    ['one of which nothing can be seen is asked for once an hour', { repositories: [] }, 60],
  ])('%s', async (_, owner, minutes) => {
    const github = await githubWithToken({ ...seed, ...owner });
    let at = Date.now();
    const now = () => at;
    const sent = createSent(github.access, { store: buildStore(now), now });
    const askedForOwner = async () => {
      github.server.requests.length = 0;
      await sent.listHooks();
      return github.server.requests.filter(({ operation }) => operation === 'repos/get').length;
    };
    expect(await askedForOwner()).toBeGreaterThan(0);
    at += minutes * 60_000 - 1;
    expect(await askedForOwner()).toBe(0);
    at += 1;
    expect(await askedForOwner()).toBeGreaterThan(0);
  });
});
