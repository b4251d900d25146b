import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Webhook } from '../../support/linear/entities.ts';
import { actors } from '../../support/linear/world.ts';
import {
  oldTunnel,
  setUpProject,
  tunnel,
  usualConfig,
  withApp,
  type SetUpProject,
} from './set-up-fixture.ts';

const shop = { kind: 'repository', repository: 'acme/shop' } as const;
const [shopConfig] = usualConfig.repositories;
const config = { ...usualConfig, repositories: [shopConfig] };
const { host: _, ...withoutAddress } = config;

/** Of another machine, which works for the same repositories and the same workspace. */
const production = 'https://prod.example';
const atProduction = `${production}/webhooks/github?host=ffffffff`;

function urlsAt({ github, linear }: SetUpProject) {
  return [...github.hooks, ...linear.world.webhooks].map(({ url }) => url);
}

function addToLinear({ linear }: SetUpProject, url: string): void {
  const webhook: Webhook = {
    id: randomUUID(),
    url,
    label: null,
    enabled: true,
    resourceTypes: ['Issue'],
    secret: 'of-somebody',
    creator: actors.ada,
    failures: [],
  };
  linear.world.webhooks.push(webhook);
}

describe('webhooks whose address has changed', () => {
  it('are led to the new one, and none is left behind', async () => {
    const project = await setUpProject({ config });
    await project.cicd(`webhooks register --url ${oldTunnel}`);
    const [before] = project.github.hooks;
    const old = project.addressAt(oldTunnel, 'github');
    const { exitCode, stdout } = await project.cicd('webhooks register');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`updated  ${project.atGithub} (before: ${old})\n`);
    expect(urlsAt(project)).toEqual([project.atGithub, project.atLinear]);
    expect(project.github.hooks[0]?.id).toBe(before?.id);
  });

  it('are told with the command that leads them here', async () => {
    const project = await setUpProject({ config });
    await project.cicd(`webhooks register --url ${oldTunnel}`);
    for (const command of ['webhooks status', 'doctor']) {
      const { exitCode, stdout } = await project.cicd(command);
      expect(exitCode).toBe(1);
      const old = project.addressAt(oldTunnel, 'github');
      expect(stdout).toMatch(/PROBLEM {2}GitHub acme\/shop +points at /);
      expect(stdout).toContain(`points at ${old}\n`);
      expect(stdout).toContain(`points at ${project.addressAt(oldTunnel, 'linear')}\n`);
      expect(stdout).toContain('→ run cicd webhooks register\n');
    }
  });

  it('are told to somebody who does not say where they should lead', async () => {
    const project = await setUpProject({ config: withoutAddress });
    await project.cicd(`webhooks register --url ${oldTunnel}`);
    const { exitCode, stderr } = await project.cicd('webhooks register');
    expect(exitCode).toBe(2);
    expect(stderr.split(`So far the webhooks of this host lead to ${oldTunnel}.\n`)).toHaveLength(
      2,
    );
    expect(stderr).toContain('--url');
  });

  it('are told as what is left over, where there is one here as well', async () => {
    const project = await setUpProject({ config });
    await project.cicd('webhooks register');
    const old = project.addressAt(oldTunnel, 'github');
    project.github.addHook(shop, { url: old });
    const told = `that is an old address of yours: cicd webhooks remove --url ${oldTunnel}`;
    expect((await project.cicd('webhooks register')).stdout).toContain(
      `${old} is registered, too; ${told}`,
    );
    expect((await project.cicd('webhooks status')).stdout).toContain(`→ ${told}\n`);
  });

  it('are removed wherever they lead, without a word about the address', async () => {
    const project = await setUpProject({ config: withoutAddress });
    await project.cicd(`webhooks register --url ${oldTunnel}`);
    const byHand = project.github.addHook(shop, { url: `${tunnel}/webhooks/github` });
    const { exitCode, stdout } = await project.cicd('webhooks remove');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`removed  ${project.addressAt(oldTunnel, 'github')}\n`);
    expect(urlsAt(project)).toEqual([byHand.url]);
  });
});

describe('webhooks of another installation', () => {
  it('are told, and left alone by whoever does not name them', async () => {
    const project = await setUpProject({ config });
    project.github.addHook(shop, { url: atProduction });
    addToLinear(project, `${production}/webhooks/linear?host=ffffffff`);
    const theirs = urlsAt(project);
    const registered = await project.cicd('webhooks register');
    const status = await project.cicd('webhooks status');
    for (const { exitCode, stdout } of [registered, status]) {
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`${production}/webhooks/github is another installation's\n`);
      expect(stdout).toContain(`${production}/webhooks/linear is another installation's\n`);
      expect(stdout).not.toContain('cicd webhooks remove');
    }
    await project.cicd('webhooks remove');
    expect(urlsAt(project)).toEqual(theirs);

    await project.cicd(`webhooks remove --url ${production}`);
    expect(urlsAt(project)).toEqual([]);
  });

  it('are no reason to take the organisation for the place of ours', async () => {
    const project = await setUpProject({ config: withoutAddress });
    const organisation = { kind: 'organisation', organisation: 'acme' } as const;
    project.github.addHook(organisation, { url: atProduction });
    await project.cicd(`webhooks register --url ${tunnel}`);
    expect(project.github.hooks.map(({ place, url }) => ({ place, url }))).toEqual([
      { place: organisation, url: atProduction },
      { place: shop, url: project.atGithub },
    ]);
  });

  it('are not ours where nobody has said how this host is reached', async () => {
    const project = await setUpProject({ config: withoutAddress });
    const unmarked = `${production}/webhooks/github`;
    project.github.addHook(shop, { url: unmarked });
    const { exitCode, stdout } = await project.cicd('webhooks status');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('off  GitHub            none, and host.webhookUrl is not set');
    expect(stdout).toContain(
      `${unmarked} is not marked as ours: if it leads here, set host.webhookUrl`,
    );
    await project.cicd('webhooks remove');
    expect(urlsAt(project)).toEqual([unmarked]);
  });
});

describe('the webhook of an App', () => {
  const theirs = 'https://ci.example/hooks?token=of-theirs';

  it('that leads elsewhere is taken over by whoever says so, not silently', async () => {
    const app = withApp({ hook: { url: theirs, secret: 'of-theirs' } });
    const project = await setUpProject({ ...app, config });
    const refused = await project.cicd('webhooks register');
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toMatch(/GitHub App +failed +it leads to https:\/\/ci\.example\/hooks,/);
    expect(refused.stdout).toContain('--replace');
    expect(refused.stdout).not.toContain('token=');
    expect(project.github.hooks).toMatchObject([{ url: theirs, secret: 'of-theirs' }]);

    const replaced = await project.cicd('webhooks register --replace');
    expect(replaced.exitCode).toBe(0);
    expect(replaced.stdout).toContain('(before: https://ci.example/hooks)');
    const secret = project.readEnv()['GITHUB_WEBHOOK_SECRET'];
    expect(project.github.hooks).toMatchObject([{ url: project.atGithub, secret }]);
  });

  it('that leads elsewhere is told as such, with what would take it over', async () => {
    const app = withApp({ hook: { url: atProduction, secret: 'of-theirs' } });
    const project = await setUpProject({ ...app, config });
    const { exitCode, stdout } = await project.cicd('webhooks status');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /GitHub App +leads to https:\/\/prod\.example\/webhooks\/github\n +→ run cicd webhooks register --replace,/,
    );
  });

  it('that is ours is led to another address without asking', async () => {
    const app = withApp({ hook: { url: `${oldTunnel}/webhooks/github`, secret: 'of-ours' } });
    const project = await setUpProject({ ...app, config: withoutAddress });
    // Made by hand, it is ours at this very address only.
    await project.cicd(`webhooks register --url ${oldTunnel}`);
    const moved = await project.cicd(`webhooks register --url ${tunnel}`);
    expect(moved.exitCode).toBe(0);
    expect(project.github.hooks).toMatchObject([{ url: project.atGithub }]);
  });

  it('is the only one: none of an organisation is registered beside it', async () => {
    const app = withApp({ hook: { url: theirs, secret: 'of-theirs' } });
    const project = await setUpProject({ ...app, config });
    const refused = await project.cicd('webhooks register --organization acme');
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain('leave out --organization');
  });

  it('is not removed as long as it leads here, and that is no success', async () => {
    const app = withApp({ hook: { url: `${tunnel}/webhooks/github`, secret: 'of-ours' } });
    const project = await setUpProject({ ...app, config });
    const { exitCode, stdout } = await project.cicd('webhooks remove');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/GitHub App +failed +it still leads to .*settings of the App on GitHub/);
    Object.assign(project.github.hooks[0] ?? {}, { url: theirs });
    const elsewhere = await project.cicd('webhooks remove');
    expect(elsewhere.exitCode).toBe(0);
    expect(elsewhere.stdout).toMatch(/GitHub App +nothing to do/);
  });
});
