import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, test, vi } from 'vitest';
import { createSdkCalls } from '../../../lib/adapters/aws/calls/sdk-calls.ts';
import { createAwsSecrets } from '../../../lib/adapters/aws/secrets/secret-store.ts';
import { stackName } from './deployed-stack.ts';
import { deployProject, githubToken, type StackProject } from './stack-project.ts';

const value = 'lin_api_of_no_worth';

/** The values that count. */
async function live({ secretsManager }: StackProject, name: string) {
  const read = async (VersionStage: string) => {
    const command = new GetSecretValueCommand({ SecretId: `${stackName}/${name}`, VersionStage });
    return (await secretsManager.send(command).catch(() => undefined))?.SecretString;
  };
  return { current: await read('AWSCURRENT'), previous: await read('AWSPREVIOUS') };
}

describe('cicd secrets set', () => {
  test('takes a value from standard input, and shows it nowhere', async () => {
    const project = await deployProject();
    const first = await project.onStack('secrets set LINEAR_API_KEY', { input: `${value}\n` });
    expect(first).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `${stackName}/linear-api-key is set.\n`,
    });
    const second = await project.onStack('secrets set linear-api-key', { input: `${value}-2` });
    expect(second.stderr).toBe(first.stderr);
    const same = await project.onStack('secrets set linear-api-key', { input: `${value}-2` });
    expect(same.stderr).toContain('nothing was changed');
    expect(await live(project, 'linear-api-key')).toEqual({
      current: `${value}-2`,
      previous: value,
    });
    const listed = await project.onStack('secrets ls');
    expect(listed.stdout).toMatch(/linear-api-key +set +20.* less than 1 h +answers/);
    expect(listed.stdout + first.stderr + second.stderr).not.toContain(value);
  });

  test('refuses a value as an argument, one of the wrong shape and one that is empty', async () => {
    const project = await deployProject();
    const refused = await Promise.all([
      project.onStack(`secrets set linear-api-key ${value}`),
      project.onStack(`secrets set linear-api-key --value=${value}`),
      project.onStack(`secrets set ${value}`, { input: value }),
      project.onStack('secrets set codegen-org-id', { input: 'acme' }),
      project.onStack('secrets set linear-api-key', { input: '\n' }),
      project.run('secrets set linear-api-key', { input: value }),
    ]);
    const told = [
      'never a value',
      'never a value',
      'no secret of this name',
      'whole number',
      'empty',
      '.env',
    ];
    for (const [index, { exitCode, stderr }] of refused.entries()) {
      expect(exitCode).toBe(2);
      expect(stderr).toContain(told[index]);
      expect(stderr).not.toContain(value);
    }
    expect(await live(project, 'linear-api-key')).toMatchObject({ current: undefined });
  });
});

describe('cicd secrets unset', () => {
  test('gets out of half a GitHub App, which is no use beside a token either', async () => {
    const project = await deployProject();
    await project.setSecret('GITHUB_TOKEN', githubToken);
    const half = await project.onStack('secrets set github-app-id', { input: '123456' });
    expect(half.stderr).toContain('until github-app-private-key is set, too');
    const refused = await project.onStack('webhooks register');
    expect(refused.stdout).toContain('GITHUB_APP_PRIVATE_KEY: is missing');
    await project.onStack('secrets unset github-app-id');
    expect(await project.onStack('webhooks register')).toMatchObject({ exitCode: 0 });
  });

  test('takes a value away: for the functions, and in lists', async () => {
    const project = await deployProject();
    const { aws, secretsManager } = project;
    for (const input of [`${value}-1`, value]) {
      await project.onStack('secrets set linear-api-key', { input });
    }
    const gone = await project.onStack('secrets unset linear-api-key');
    expect(gone).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('not set any more'),
    });
    const eventBridge = new EventBridgeClient(aws.clientSettings);
    const calls = createSdkCalls({ secretsManager, eventBridge });
    const ofFunctions = () => createAwsSecrets({ calls, prefix: `${stackName}/` });
    expect(await ofFunctions().get('LINEAR_API_KEY')).toEqual([]);
    expect((await project.onStack('secrets ls')).stdout).toMatch(/linear-api-key +needed +answers/);

    await project.onStack('secrets set linear-api-key', { input: `${value}-2` });
    expect(await ofFunctions().get('LINEAR_API_KEY')).toEqual([`${value}-2`]);
  });
});

/** Whose webhook of GitHub is registered. */
async function registered(): Promise<StackProject> {
  const project = await deployProject();
  await project.setSecret('GITHUB_TOKEN', githubToken);
  expect(await project.onStack('webhooks register')).toMatchObject({ exitCode: 0 });
  return project;
}
const signing = ({ github }: StackProject) => github.hooks.map(({ secret }) => secret);

describe('cicd secrets rotate', () => {
  test('gives the webhooks a new secret; the one before counts until the next time', async () => {
    const project = await registered();
    const [before] = signing(project);
    // An answer that gets lost: a further value would push out the one that the webhooks have.
    project.aws.script({ service: 'secretsmanager', operation: 'PutSecretValue', act: 'cut' });
    const rotated = await project.onStack('secrets rotate github-webhook-secret');
    expect(rotated).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^GitHub acme\/shop +updated/),
    });
    const [after] = signing(project);
    expect(await live(project, 'github-webhook-secret')).toEqual({
      current: after,
      previous: before,
    });
    expect(after).toMatch(/^[0-9a-f]{64}$/);
    expect(rotated.stdout + rotated.stderr).not.toContain(after);

    const again = await project.onStack('secrets rotate github-webhook-secret');
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--force') });
    expect(signing(project)).toEqual([after]);
  });

  test('that was killed before the webhooks have the new secret goes on when run again', async () => {
    const project = await registered();
    const [before] = signing(project);
    project.github.script({ operation: 'repos/update-webhook', fault: { kind: 'hang' }, times: 9 });
    const killed = project.beginOnStack('secrets rotate github-webhook-secret');
    const isBegun = async () =>
      expect(await live(project, 'github-webhook-secret')).toMatchObject({ previous: before });
    await vi.waitFor(isBegun, { timeout: 20_000, interval: 50 });
    killed.kill('SIGKILL');
    const begun = await live(project, 'github-webhook-secret');
    expect((await project.onStack('secrets ls')).stdout).toContain('rotation not finished');
    const input = 'another-webhook-secret';
    expect(await project.onStack('secrets set github-webhook-secret', { input })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('--force'),
    });

    project.github.unscript();
    const finished = await project.onStack('secrets rotate github-webhook-secret');
    expect(finished).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('begun before'),
    });
    expect(signing(project)).toEqual([begun.current]);
    expect(await live(project, 'github-webhook-secret')).toEqual(begun);
  });

  test('takes only what signs webhooks, and says what to do by hand without credentials', async () => {
    const project = await deployProject();
    const [other, byHand] = await Promise.all([
      project.onStack('secrets rotate linear-api-key'),
      project.onStack('secrets rotate linear-webhook-secret'),
    ]);
    expect(other).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There are: ') });
    expect(byHand).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`get-secret-value --secret-id ${stackName}/linear-webhook`),
    });
    const noted = await project.onStack('secrets rotate linear-webhook-secret --switched');
    expect(noted).toMatchObject({ exitCode: 0 });
  });
});
