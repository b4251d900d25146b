import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Webhook } from '../../support/linear/entities.ts';
import { actors } from '../../support/linear/world.ts';
import { startReceiver } from '../github/receiver.ts';
import {
  githubToken,
  oldTunnel,
  setUpProject,
  tunnel,
  usualConfig,
  usualEnv,
  withApp,
  type SetUpOptions,
  type SetUpProject,
} from './set-up-fixture.ts';

/** As a person registers them by hand. */
const byHandAtGithub = `${tunnel}/webhooks/github`;
const shop = { kind: 'repository', repository: 'acme/shop' } as const;
const secrets = { GITHUB_WEBHOOK_SECRET: 'set-before-1', LINEAR_WEBHOOK_SECRET: 'set-before-2' };
const [shopConfig] = usualConfig.repositories;
const config = { ...usualConfig, repositories: [shopConfig] };

/** One repository, and its webhooks as they should be. */
async function registeredProject(options: SetUpOptions = {}) {
  const env = { ...usualEnv, ...secrets };
  const project = await setUpProject({ config, env, ...options });
  const ofGithub = project.github.addHook(shop, { url: project.atGithub });
  const ofLinear: Webhook = {
    id: randomUUID(),
    url: project.atLinear,
    label: null,
    enabled: true,
    resourceTypes: ['Issue'],
    secret: secrets.LINEAR_WEBHOOK_SECRET,
    creator: actors.ada,
    failures: [],
  };
  project.linear.world.webhooks.push(ofLinear);
  return { ...project, ofGithub, ofLinear };
}

/** State, what it is about, the rest: of each line that is not well. */
async function unwell({ cicd }: Pick<SetUpProject, 'cicd'>) {
  const { exitCode, stdout } = await cicd('webhooks status');
  return { exitCode, lines: stdout.split('\n').filter((line) => /PROBLEM|WARNING|→/.test(line)) };
}

type Registered = Awaited<ReturnType<typeof registeredProject>>;

describe('cicd webhooks status', () => {
  it('finds webhooks well that are as they should be', async () => {
    const project = await registeredProject();
    const { exitCode, stdout } = await project.cicd('webhooks status');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['Webhooks'],
      ['ok', 'GITHUB_WEBHOOK_SECRET', 'set'],
      ['ok', 'GitHub acme/shop', `${project.atGithub} · nothing delivered yet`],
      ['ok', 'LINEAR_WEBHOOK_SECRET', 'set'],
      ['ok', 'Linear', `${project.atLinear} · no failures`],
      [''],
    ]);
  });

  it.each<[string, string, (project: Registered) => void]>([
    ['switched off at GitHub', 'is switched off', (on) => (on.ofGithub.active = false)],
    ['told of other events', 'does not send push', (on) => (on.ofGithub.events = ['issues'])],
    ['sending forms', 'sends form, not json', (on) => (on.ofGithub.contentType = 'form')],
    ['gone from GitHub', 'not registered', (on) => void on.github.hooks.splice(0)],
    ['switched off at Linear', 'is switched off', (on) => (on.ofLinear.enabled = false)],
    [
      'told of other things',
      'does not send Issue',
      (on) => (on.ofLinear.resourceTypes = ['Comment']),
    ],
    ['gone from Linear', 'not registered', (on) => (on.linear.world.webhooks = [])],
  ])('tells of one that is %s, and to register it', async (_, told, change) => {
    const project = await registeredProject();
    change(project);
    const { exitCode, lines } = await unwell(project);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`PROBLEM .*${told}`)),
      '    → run cicd webhooks register',
    ]);
    await project.cicd('webhooks register');
    // A new one may tell that its first delivery has not arrived: nobody listens there.
    expect((await unwell(project)).exitCode).toBe(0);
  });

  it('tells what came of the last delivery to GitHub', async () => {
    const project = await setUpProject({ config, env: { GITHUB_TOKEN: githubToken, ...secrets } });
    const receiver = await startReceiver(500);
    project.github.addHook(shop, { url: receiver.url });
    const command = `webhooks status --url ${new URL(receiver.url).origin}`;
    await project.github.push('acme/shop', { files: { a: '1' } });
    const failed = await project.cicd(command);
    expect(failed.exitCode).toBe(0);
    expect(failed.stdout).toMatch(
      /WARNING .*last delivery \d{4}-\S+ \S+ UTC: Invalid HTTP Response: 500\n {4}→ are host/,
    );
    receiver.answerWith(202);
    await project.github.push('acme/shop', { files: { a: '2' } });
    expect((await project.cicd(command)).stdout).toMatch(/ok .*last delivery .* UTC: OK\n/);
  });

  it('tells what Linear could not deliver within a day', async () => {
    const project = await registeredProject();
    project.linear.act.lose(project.linear.act.createIssue({ title: 'Unheard of' }));
    const { exitCode, lines } = await unwell(project);
    expect(exitCode).toBe(0);
    expect(lines[0]).toMatch(/WARNING {2}Linear .*last failure \d{4}-\S+ \S+ UTC: no answer$/);
    const [failure] = project.ofLinear.failures;
    if (failure !== undefined) failure.createdAt = '2026-01-01T00:00:00.000Z';
    expect((await unwell(project)).lines).toEqual([]);
  });

  it('says that nothing can be verified without a secret', async () => {
    const project = await setUpProject({ config });
    project.github.addHook(shop, { url: project.atGithub });
    const { stdout } = await project.cicd('webhooks status');
    expect(stdout).toMatch(/PROBLEM {2}GITHUB_WEBHOOK_SECRET .*every delivery is refused/);
    expect(stdout).toMatch(/PROBLEM {2}LINEAR_WEBHOOK_SECRET .*every delivery is refused/);
  });

  it('tells which events an App is not subscribed to, and where that is set', async () => {
    const hook = { url: byHandAtGithub, secret: 'set-before-1' };
    const { env, github } = withApp({ hook, events: ['issues'] });
    const project = await setUpProject({ config, github, env: { ...env, ...secrets } });
    const { stdout } = await project.cicd('webhooks status');
    expect(stdout).toMatch(/PROBLEM {2}GitHub App .*does not send push\n {4}→ subscribe to it/);
  });

  it('tells where the webhook of an App leads, if not here', async () => {
    const hook = { url: `${oldTunnel}/webhooks/github`, secret: 'set-before-1' };
    const { env, github } = withApp({ hook });
    const project = await setUpProject({ config, github, env: { ...env, ...secrets } });
    const { stdout } = await project.cicd('webhooks status');
    expect(stdout).toContain(`leads to ${hook.url}\n`);
  });

  it('says which right is missing to look', async () => {
    const project = await registeredProject({
      github: { tokens: [{ token: githubToken, role: 'read' }] },
    });
    project.linear.setAdmin(false);
    const { exitCode, lines } = await unwell(project);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/PROBLEM {2}GitHub acme\/shop .*\(404\)\.$/),
      expect.stringContaining('lacks the right "Webhooks: read (classic token: admin:repo_hook)"'),
      expect.stringMatching(/PROBLEM {2}Linear .*\(403\)\.$/),
      expect.stringContaining('webhooks need an administrator'),
    ]);
  });

  it('without an address, is well although nothing may be seen', async () => {
    const { host: _, ...withoutHost } = config;
    const project = await setUpProject({
      config: withoutHost,
      github: { tokens: [{ token: githubToken, role: 'read' }] },
    });
    project.linear.setAdmin(false);
    expect(await unwell(project)).toEqual({ exitCode: 0, lines: [] });
  });

  it('without an address, takes any that could be ours, and needs none', async () => {
    const { host: _, ...withoutHost } = config;
    const env = { ...usualEnv, ...secrets };
    const project = await setUpProject({ config: withoutHost, env });
    const before = await project.cicd('webhooks status');
    expect(before.exitCode).toBe(0);
    expect(before.stdout).toMatch(/off {2}GitHub .*found every 15 minutes/);
    await project.cicd(`webhooks register --url ${tunnel}`);
    expect(await project.json('webhooks status')).toMatchObject({
      webhooks: [
        { subject: 'GITHUB_WEBHOOK_SECRET', state: 'ok' },
        {
          area: 'Webhooks',
          subject: 'GitHub acme/shop',
          detail: expect.stringContaining(project.atGithub),
        },
        { subject: 'LINEAR_WEBHOOK_SECRET', state: 'ok' },
        { subject: 'Linear', state: 'ok' },
      ],
    });
  });
});
