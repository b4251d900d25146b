import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  githubToken,
  oldTunnel,
  setUpProject,
  tunnel,
  usualConfig,
  usualEnv,
  type SetUpProject,
} from './set-up-fixture.ts';

const shop = { kind: 'repository', repository: 'acme/shop' } as const;

function githubHooks({ github }: SetUpProject) {
  return github.hooks.map(({ place, url }) => ({ place, url }));
}

/** Cells of the table, by lines. */
function rows(stdout: string): string[][] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.split(/ {2,}/));
}

describe('cicd webhooks register', () => {
  it('creates one with each repository and one in Linear, signed with the secrets it has made', async () => {
    const project = await setUpProject();
    const { exitCode, stderr, stdout } = await project.cicd('webhooks register');
    expect(rows(stdout)).toEqual([
      ['GitHub acme/shop', 'created', project.atGithub],
      ['GitHub acme/site', 'created', project.atGithub],
      ['Linear', 'created', project.atLinear],
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`A new GITHUB_WEBHOOK_SECRET was made and written into`);
    const { GITHUB_WEBHOOK_SECRET, LINEAR_WEBHOOK_SECRET } = project.readEnv();
    expect(GITHUB_WEBHOOK_SECRET).toMatch(/^[0-9a-f]{64}$/);
    const hook = { url: project.atGithub, secret: GITHUB_WEBHOOK_SECRET, active: true };
    const ofShop = { ...hook, events: ['push'], contentType: 'json' };
    expect(project.github.hooks).toMatchObject([ofShop, ofShop]);
    expect(LINEAR_WEBHOOK_SECRET).not.toBe(GITHUB_WEBHOOK_SECRET);
    expect(project.linear.world.webhooks).toMatchObject([
      {
        url: project.atLinear,
        enabled: true,
        resourceTypes: ['Issue'],
        secret: LINEAR_WEBHOOK_SECRET,
      },
    ]);
  });

  it('run again, mends what somebody has changed and makes none twice', async () => {
    const project = await setUpProject();
    await project.cicd('webhooks register');
    const secrets = project.readEnv();
    const [first] = project.github.hooks;
    Object.assign(first ?? {}, { active: false, contentType: 'form', events: ['issues'] });
    Object.assign(project.linear.world.webhooks[0] ?? {}, { enabled: false, resourceTypes: [] });

    const { stdout } = await project.cicd('webhooks register');
    expect(rows(stdout).map(([place, done]) => [place, done])).toEqual([
      ['GitHub acme/shop', 'updated'],
      ['GitHub acme/site', 'updated'],
      ['Linear', 'updated'],
    ]);
    const mended = { active: true, contentType: 'json', events: ['push'] };
    expect(project.github.hooks).toMatchObject([mended, mended]);
    expect(project.linear.world.webhooks).toMatchObject([
      { enabled: true, resourceTypes: ['Issue'] },
    ]);
    expect(project.readEnv()).toEqual(secrets);
  });

  it('writes new secrets behind what stands in .env, which only its owner may read then', async () => {
    const project = await setUpProject();
    const before = `${readFileSync(project.envFile, 'utf8')}# ours\nOTHER='a b'`;
    writeFileSync(project.envFile, before);
    chmodSync(project.envFile, 0o644);
    await project.cicd('webhooks register');
    const after = readFileSync(project.envFile, 'utf8');
    expect(after.startsWith(`${before}\n`)).toBe(true);
    expect(after.slice(before.length + 1)).toMatch(
      /^GITHUB_WEBHOOK_SECRET=\w{64}\nLINEAR_WEBHOOK_SECRET=\w{64}\n$/,
    );
    expect(statSync(project.envFile).mode & 0o777).toBe(0o600);
  });

  it('takes the secrets that are set', async () => {
    const known = { GITHUB_WEBHOOK_SECRET: 'set-before-1', LINEAR_WEBHOOK_SECRET: 'set-before-2' };
    const project = await setUpProject({ env: { ...usualEnv, ...known } });
    const { stderr } = await project.cicd('webhooks register');
    expect(stderr).toBe('');
    expect(project.github.hooks.map(({ secret }) => secret)).toEqual([
      'set-before-1',
      'set-before-1',
    ]);
    expect(project.linear.world.webhooks).toMatchObject([{ secret: 'set-before-2' }]);
  });

  it('makes no second one when the answer to the first got lost', async () => {
    const project = await setUpProject();
    const operation = 'repos/create-webhook';
    project.github.script({ operation, fault: { kind: 'reset' }, done: true });
    project.linear.script([
      {
        answer: { kind: 'reset' },
        carriedOut: true,
        when: ({ fields }) => fields.includes('webhookCreate'),
      },
    ]);
    const { exitCode } = await project.cicd('webhooks register');
    expect(exitCode).toBe(0);
    expect(githubHooks(project)).toHaveLength(2);
    expect(project.linear.world.webhooks).toHaveLength(1);
  });

  it('registers one of the organisation, and finds it again without being told', async () => {
    const project = await setUpProject();
    const own = [{ place: { kind: 'organisation', organisation: 'acme' }, url: project.atGithub }];
    const first = await project.cicd('webhooks register --organization acme');
    expect(rows(first.stdout)[0]).toEqual([
      'GitHub organisation acme',
      'created',
      project.atGithub,
    ]);
    expect(githubHooks(project)).toEqual(own);
    const second = await project.cicd('webhooks register');
    expect(rows(second.stdout)[0]).toEqual([
      'GitHub organisation acme',
      'updated',
      project.atGithub,
    ]);
    expect(githubHooks(project)).toEqual(own);
  });

  it.each([
    ['a role that is too low', { role: 'write' as const }, 'Webhooks: read'],
    ['too few scopes', { scopes: ['public_repo'] }, '(classic token: admin:repo_hook)'],
  ])('says which right a token lacks that has %s, and goes on', async (_, token, right) => {
    const project = await setUpProject({ github: { tokens: [{ token: githubToken, ...token }] } });
    const { exitCode, stdout } = await project.cicd('webhooks register');
    expect(exitCode).toBe(1);
    const [ofShop, ofSite, ofLinear] = rows(stdout);
    expect(ofShop?.slice(0, 2)).toEqual(['GitHub acme/shop', 'failed']);
    expect(ofShop?.[2]).toContain(right);
    expect(ofSite?.[1]).toBe('failed');
    expect(ofLinear?.[1]).toBe('created');
  });

  it('says that Linear wants the key of an administrator', async () => {
    const project = await setUpProject();
    project.linear.setAdmin(false);
    const { exitCode, stdout } = await project.cicd('webhooks register');
    expect(exitCode).toBe(1);
    expect(rows(stdout).at(-1)?.slice(0, 2)).toEqual(['Linear', 'failed']);
    expect(stdout).toContain('webhooks need an administrator');
    expect(githubHooks(project)).toHaveLength(2);
  });

  it('registers at Linear although GitHub refuses the token', async () => {
    const env = { ...usualEnv, GITHUB_TOKEN: 'ghp_that_was_revoked' };
    const project = await setUpProject({ env });
    const { exitCode, stdout } = await project.cicd('webhooks register');
    expect(exitCode).toBe(1);
    expect(rows(stdout).map(([place, done]) => [place, done])).toEqual([
      ['GitHub', 'failed'],
      ['Linear', 'created'],
    ]);
    expect(stdout).toContain('GITHUB_TOKEN is wrong, expired or revoked');
  });

  it('says how to get an address where none is known, and changes nothing', async () => {
    const { host: _, ...config } = usualConfig;
    const project = await setUpProject({ config });
    const { exitCode, stderr } = await project.cicd('webhooks register');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^Say where the webhooks reach this host/);
    expect(stderr).toContain('cloudflared tunnel --url http://localhost:4200');
    expect(project.github.hooks).toEqual([]);
    expect(project.linear.world.webhooks).toEqual([]);
    const told = await project.cicd(`webhooks register --url ${tunnel}/`);
    expect(told.exitCode).toBe(0);
    expect(told.stderr).toContain(`host: { webhookUrl: '${tunnel}/' }`);
    expect(githubHooks(project)).toContainEqual({ place: shop, url: project.atGithub });
  });

  it('makes a secret although the environment holds an empty one, and makes it once', async () => {
    const project = await setUpProject();
    const empty = { GITHUB_WEBHOOK_SECRET: '', LINEAR_WEBHOOK_SECRET: '' };
    await project.cicd('webhooks register', empty);
    const secrets = project.readEnv();
    const { exitCode, stderr } = await project.cicd('webhooks register', empty);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(project.readEnv()).toEqual(secrets);
    expect(project.github.hooks[0]?.secret).toBe(secrets['GITHUB_WEBHOOK_SECRET']);
  });

  it('says what is missing where there are no credentials', async () => {
    const project = await setUpProject({ env: {} });
    const { exitCode, stderr } = await project.cicd('webhooks register');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('cicd doctor');
  });
});

describe('cicd webhooks remove', () => {
  it('undoes what register has done, and nothing else', async () => {
    const project = await setUpProject();
    const foreign = project.github.addHook(shop, { url: 'https://ci.example/hook' });
    await project.cicd('webhooks register');
    const { exitCode, stdout } = await project.cicd('webhooks remove');
    expect(exitCode).toBe(0);
    expect(rows(stdout)).toEqual([
      ['GitHub acme/shop', 'removed', project.atGithub],
      ['GitHub acme/site', 'removed', project.atGithub],
      ['Linear', 'removed', project.atLinear],
    ]);
    expect(project.github.hooks).toEqual([foreign]);
    expect(project.linear.world.webhooks).toEqual([]);
    const again = await project.json('webhooks remove');
    expect(again).toMatchObject({ webhooks: [{ done: 'nothing to do' }, {}, {}] });
  });

  it('removes that of the organisation', async () => {
    const project = await setUpProject();
    await project.cicd('webhooks register --organization acme');
    await project.cicd('webhooks remove');
    expect(project.github.hooks).toEqual([]);
  });

  it('removes an old address with the command that register and status have told', async () => {
    const project = await setUpProject();
    const unmarked = `${oldTunnel}/webhooks/github`;
    project.github.addHook(shop, { url: unmarked });
    const command = `cicd webhooks remove --url ${oldTunnel}`;
    const registered = await project.cicd('webhooks register');
    expect(registered.stdout).toContain(`${unmarked} is registered, too; if that is an old`);
    expect(registered.stdout).toContain(command);
    expect((await project.cicd('webhooks status')).stdout).toContain(command);

    await project.cicd(`webhooks remove --url ${oldTunnel}`);
    const { atGithub } = project;
    expect(githubHooks(project).map(({ url }) => url)).toEqual([atGithub, atGithub]);
    expect(project.linear.world.webhooks.map(({ url }) => url)).toEqual([project.atLinear]);
  });
});
