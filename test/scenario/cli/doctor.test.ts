import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask } from '../../support/linear/ask.ts';
import { testCredentials } from '../../support/linear/access.ts';
import { startTestHost } from '../../support/start-host.ts';
import {
  githubToken,
  setUpProject,
  tunnel,
  usualConfig,
  usualEnv,
  withApp,
  type SetUpOptions,
  type SetUpProject,
} from './set-up-fixture.ts';

const atGithub = `${tunnel}/webhooks/github`;
const secrets = { GITHUB_WEBHOOK_SECRET: 'set-before-1', LINEAR_WEBHOOK_SECRET: 'set-before-2' };
const [shop] = usualConfig.repositories;
const config = { ...usualConfig, repositories: [{ ...shop, githubReport: 'commit-status' }] };

const checksSchema = z.object({
  checks: z.array(
    z.object({
      area: z.string(),
      subject: z.string(),
      state: z.string(),
      detail: z.string(),
      advice: z.string().optional(),
    }),
  ),
});

/** A project in which all that is asked of the services is well. No host runs. */
function wellProject(options: SetUpOptions = {}): Promise<SetUpProject> {
  return setUpProject({ config, env: { ...usualEnv, ...secrets }, ...options });
}

/** The lines about a subject. */
async function check(project: SetUpProject, subject: string) {
  const { checks } = checksSchema.parse(await project.json('doctor'));
  return checks.filter((line) => line.subject === subject);
}

describe('cicd doctor', () => {
  it('finds all well, with a host that runs', async () => {
    const project = await wellProject();
    project.github.addHook({ kind: 'repository', repository: 'acme/shop' }, { url: atGithub });
    await project.cicd('webhooks register');
    await startTestHost({ folder: project.folder });
    const { exitCode, stdout } = await project.cicd('doctor');
    expect(stdout).not.toMatch(/PROBLEM|WARNING|→/);
    expect(exitCode).toBe(0);
    const areas = stdout.split('\n').filter((line) => /^\w/.test(line));
    expect(areas).toEqual(['Credentials', 'Repositories', 'Linear', 'Agents', 'Webhooks', 'Host']);
    expect(stdout).toMatch(/token of ada,.* · 4,\d{3} of 5,000 requests left until \d{4}-/);
    expect(stdout).toMatch(/key of Ada Lovelace \(administrator\) in Acme · 2,\d{3} of 2,500 req/);
    expect(stdout).toMatch(/ok +host +answers at http:\/\/localhost:\d+\n/);
    expect(stdout).toMatch(/ok +autonomous-cicd +/);
  });

  it('says below each line that is not well what to do, and ends with 1', async () => {
    const project = await wellProject();
    const { exitCode, stdout } = await project.cicd('doctor');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/PROBLEM +GitHub acme\/shop +not registered\n/);
    expect(stdout).toMatch(/PROBLEM +host +does not run\n {4}→ start it: npm start\n/);
    const { checks } = checksSchema.parse(await project.json('doctor'));
    const unwell = checks.filter(({ state }) => state === 'problem' || state === 'warning');
    expect(unwell.length).toBeGreaterThan(2);
    expect(unwell.filter(({ advice = '' }) => advice === '')).toEqual([]);
  });

  it('changes nothing', async () => {
    const project = await wellProject();
    await project.cicd('doctor');
    expect(new Set(project.github.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(project.linear.requests.filter(({ kind }) => kind === 'mutation')).toEqual([]);
  });
});

function withToken(token: object, env: object = {}): Promise<SetUpProject> {
  return wellProject({
    github: { tokens: [{ token: githubToken, ...token }] },
    env: { ...usualEnv, ...secrets, ...env },
  });
}

describe('the credentials of GitHub', () => {
  it.each([
    ['wrong', {}, { GITHUB_TOKEN: 'ghp_that_was_revoked' }],
    ['expired', { expiresAt: '2026-01-01T00:00:00Z' }, {}],
  ])('that are %s are one problem', async (_, token, env) => {
    const project = await withToken(token, env);
    expect(await check(project, 'GitHub')).toEqual([
      {
        area: 'Credentials',
        subject: 'GitHub',
        state: 'problem',
        detail: 'GitHub does not accept who is asking (401).',
        advice: expect.stringContaining('GITHUB_TOKEN is wrong, expired or revoked. Set a new one'),
      },
    ]);
    expect(await check(project, 'acme/shop')).toEqual([]);
  });

  it('that end soon are told with their day', async () => {
    const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const [line] = await check(await withToken({ expiresAt: inAWeek }), 'GitHub');
    expect(line).toMatchObject({ state: 'warning', advice: expect.stringMatching('make a new') });
    expect(line?.detail).toContain(`expires ${inAWeek.slice(0, 10)}`);
  });

  it('that have few requests left are told', async () => {
    const project = await wellProject({
      github: { tokens: [{ token: githubToken }], rateLimit: 100 },
    });
    const headers = { authorization: `token ${githubToken}` };
    for (let times = 0; times < 92; times += 1)
      await fetch(`${project.github.url}/user`, { headers });
    const [line] = await check(project, 'GitHub');
    expect(line).toMatchObject({
      state: 'warning',
      detail: expect.stringMatching(/ · 7 of 100 requests left until \d{4}-/),
      advice: 'wait for the reset; a GitHub App has a higher limit',
    });
  });

  it('that are not there are a problem where the configuration needs them', async () => {
    const project = await wellProject({ env: {} });
    expect(await check(project, 'GitHub')).toContainEqual(
      expect.objectContaining({
        state: 'problem',
        advice: 'set GITHUB_TOKEN, or GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY, in .env',
      }),
    );
    expect(await check(project, 'acme/shop')).toMatchObject([
      { state: 'problem', detail: 'cannot be seen' },
    ]);
  });

  it('that do not belong together are told, without showing them', async () => {
    const { env, github } = withApp();
    const { GITHUB_APP_ID: _, ...withoutId } = env;
    const project = await wellProject({ github, env: withoutId });
    expect(await check(project, 'GitHub')).toMatchObject([
      {
        state: 'problem',
        detail: 'GITHUB_APP_ID: is missing, GITHUB_APP_PRIVATE_KEY is set',
        advice: 'correct it where it is set',
      },
    ]);
  });
});

describe('the rights in a repository', () => {
  it('of a fine-grained token are told as far as they can be known', async () => {
    expect(await check(await wellProject(), 'acme/shop')).toMatchObject([
      {
        state: 'ok',
        detail: 'your role is admin; the token itself needs Contents: read, Commit statuses: write',
      },
    ]);
  });

  it.each([
    ['a role that may not write', { role: 'read' as const }, 'its owner needs a role'],
    ['too few scopes', { scopes: ['read:org'] }, 'a classic token the scope repo'],
  ])('are a problem with %s', async (_, token, advice) => {
    const project = await wellProject({ github: { tokens: [{ token: githubToken, ...token }] } });
    expect(await check(project, 'acme/shop')).toMatchObject([
      {
        state: 'problem',
        detail: 'not granted: Commit statuses: write',
        advice: expect.stringContaining(advice),
      },
    ]);
  });

  it('of an App are those of its installation', async () => {
    const hook = { url: atGithub, secret: 'set-before-1' };
    const { env, github } = withApp({ hook });
    const project = await wellProject({ github, env: { ...env, ...secrets } });
    expect(await check(project, 'acme/shop')).toMatchObject([
      { state: 'ok', detail: expect.stringContaining('checks: write, contents: read, issues') },
    ]);
    expect(await check(project, 'GitHub')).toMatchObject([
      { state: 'ok', detail: expect.stringMatching(/^App /) },
    ]);
    expect(await check(project, 'GitHub App')).toMatchObject([{ state: 'ok' }]);
  });

  it('that an App was not given are told', async () => {
    const installation = { id: 42, account: 'acme', permissions: { contents: 'read' as const } };
    const { env, github } = withApp({ installations: [installation] });
    const project = await wellProject({ github, env });
    expect(await check(project, 'acme/shop')).toMatchObject([
      {
        state: 'problem',
        advice: 'give the App Commit statuses: write, and accept that where it is installed',
      },
    ]);
  });

  it('are none in a repository that cannot be seen', async () => {
    const elsewhere = { name: 'acme/elsewhere', source: 'github', components: { a: ['a'] } };
    const project = await wellProject({ config: { ...config, repositories: [elsewhere] } });
    expect(await check(project, 'acme/elsewhere')).toMatchObject([
      {
        state: 'problem',
        detail: 'cannot be seen',
        advice: expect.stringContaining('Contents: read'),
      },
    ]);
  });

  it('to write check runs are for Apps only', async () => {
    const repositories = [{ ...shop, githubReport: 'check-run' }];
    const project = await wellProject({ config: { ...config, repositories } });
    expect(await check(project, 'acme/shop')).toMatchObject([
      { state: 'problem', advice: expect.stringContaining('check runs need a GitHub App') },
    ]);
  });
});

describe('Linear', () => {
  it('that refuses the key is one problem', async () => {
    const env = { ...usualEnv, ...secrets, LINEAR_API_KEY: 'lin_api_that_was_revoked' };
    const project = await wellProject({ env });
    expect(await check(project, 'Linear')).toEqual([
      {
        area: 'Credentials',
        subject: 'Linear',
        state: 'problem',
        detail: expect.stringContaining('Linear does not accept LINEAR_API_KEY'),
        advice: 'It is wrong or was revoked: set a new one.',
      },
    ]);
    expect(await check(project, 'team ENG')).toEqual([]);
  });

  it('without credentials is a problem where the configuration names its issues', async () => {
    const project = await wellProject({ env: { GITHUB_TOKEN: githubToken } });
    expect(await check(project, 'Linear')).toMatchObject([
      { state: 'problem', advice: expect.stringContaining('set LINEAR_API_KEY') },
    ]);
  });

  it('by an app is looked at with its name', async () => {
    const { clientId, clientSecret } = testCredentials;
    const app = { LINEAR_CLIENT_ID: clientId, LINEAR_CLIENT_SECRET: clientSecret };
    const project = await wellProject({ env: { ...usualEnv, ...secrets, ...app } });
    const { checks } = checksSchema.parse(await project.json('doctor'));
    const about = (subject: string) => checks.find((line) => line.subject === subject);
    expect(about('Linear')?.detail).toMatch(/^app cicd in Acme · /);
    expect(about('Linear agent sessions')).toMatchObject({
      state: 'ok',
      detail: expect.stringMatching(/“Agent session events” to \S+\/webhooks\/linear and/),
    });
  });

  it('with few requests left is told with the time of the reset', async () => {
    const project = await wellProject({ linear: { limits: { requestsPerHour: 100 } } });
    const viewer = 'query Viewer { viewer { id } }';
    for (let times = 0; times < 92; times += 1) await ask(project.linear, viewer);
    const [line] = await check(project, 'Linear');
    expect(line).toMatchObject({
      state: 'warning',
      detail: expect.stringMatching(/ · 7 of 100 requests left until \d{4}-/),
      advice: 'wait: only final answers are written until the reset',
    });
  });

  it('lacks a tracking issue that the configuration names', async () => {
    const linear = { ...config.linear, trackingIssue: 'ENG-99' };
    const project = await wellProject({ config: { ...config, linear } });
    expect(await check(project, 'tracking issue ENG-99')).toMatchObject([
      { state: 'problem', advice: 'correct linear.trackingIssue, or give us its team' },
    ]);
  });

  it('lacks a team that the configuration names', async () => {
    const linear = { ...config.linear, team: 'OPS' };
    const project = await wellProject({ config: { ...config, linear } });
    expect(await check(project, 'team OPS')).toMatchObject([
      { state: 'problem', detail: 'cannot be seen' },
    ]);
  });

  it('lacks a state and a label that the configuration names', async () => {
    const linear = { ...config.linear, states: { running: 'Working' }, analysisLabel: 'look' };
    const project = await wellProject({ config: { ...config, linear } });
    expect(await check(project, 'team ENG')).toMatchObject([
      {
        state: 'warning',
        detail: 'missing: state “Working”, label “look”',
        advice: 'run cicd linear init for labels; correct linear.states for states',
      },
    ]);
  });
});
