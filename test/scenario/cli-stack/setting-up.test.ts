import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { webhookAddress } from '../../../lib/domain/webhook-addresses.ts';
import { refuse } from '../../support/github/answer.ts';
import { ruleName, stackName, table, webhookUrl } from './deployed-stack.ts';
import { deployProject, githubToken, linearKey, type StackProject } from './stack-project.ts';

const atGithub = webhookAddress(webhookUrl, 'github', '0a1b2c3d');
const atLinear = webhookAddress(webhookUrl, 'linear', '0a1b2c3d');

async function withCredentials(): Promise<StackProject> {
  const project = await deployProject();
  await project.setSecret('GITHUB_TOKEN', githubToken);
  await project.setSecret('LINEAR_API_KEY', linearKey);
  return project;
}

/** Matches a line of the doctor. */
function line(area: string, subject: string, state: string) {
  return expect.objectContaining({ area, subject, state });
}

describe('the webhooks of a stack', () => {
  test('lead to it, are signed with secrets that only Secrets Manager has, and go with it', async () => {
    const project = await withCredentials();
    const { github, linear, secretsManager } = project;
    const registered = await project.onStack('webhooks register');
    expect(registered).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`Secrets Manager (${stackName}/github-webhook-secret)`),
    });
    const command = new GetSecretValueCommand({ SecretId: `${stackName}/github-webhook-secret` });
    const { SecretString: secret } = await secretsManager.send(command);
    expect(github.hooks).toMatchObject([{ url: atGithub, secret }]);
    expect(linear.world.webhooks).toMatchObject([{ url: atLinear }]);

    github.addHook(
      { kind: 'repository', repository: 'acme/shop' },
      { url: 'https://ci.example/hook' },
    );
    const status = await project.onStack('webhooks status');
    expect(status.stdout).toContain(`${atLinear} · no failures`);

    const asked = await project.onStack('uninstall');
    expect(asked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') });
    project.aws.cloudFormation.deploy({
      name: stackName,
      outputs: { ...project.outputs, KeepsData: 'true' },
      isProtected: true,
    });
    const gone = await project.onStack('uninstall --yes');
    expect(gone.stdout).toContain(`aws dynamodb delete-table --table-name ${table}`);
    expect(gone.stdout).toContain('update-termination-protection');
    expect(github.hooks.map(({ url }) => url)).toEqual(['https://ci.example/hook']);
    expect(linear.world.webhooks).toEqual([]);
  });
});

test('while a webhook cannot be removed, nobody is told to remove what could do that', async () => {
  const project = await withCredentials();
  const { github } = project;
  github.addHook({ kind: 'repository', repository: 'acme/shop' }, { url: atGithub });
  const refused = { kind: 'answer', ...refuse(403, 'Resource not accessible') } as const;
  github.script({ operation: 'repos/delete-webhook', fault: refused });
  const begun = await project.onStack('uninstall --yes');
  expect(begun).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Mend that first') });
  expect(begun.stdout).not.toContain('cdk destroy');
});

test('on this machine, uninstall tells where the data is', async () => {
  const project = await deployProject();
  const { exitCode, stdout } = await project.run('uninstall --yes');
  expect(stdout).toContain(`stay in ${project.folder}/.cicd`);
  expect(exitCode).toBe(0);
});

describe('cicd linear init', () => {
  test('makes in Linear what the configuration of the stack lacks', async () => {
    const project = await withCredentials();
    const { exitCode, stderr } = await project.onStack('linear init --team ENG');
    expect(stderr).toContain('orders  created');
    expect(stderr).not.toContain('another configuration');
    expect(exitCode).toBe(0);
  });
});

describe('cicd doctor', () => {
  test('tells of a stack what is not as it should be, and with which commands to mend it', async () => {
    const project = await withCredentials();
    const { aws, deadLetters, outputs, sqs } = project;
    await sqs.send(new SendMessageCommand({ QueueUrl: deadLetters, MessageBody: '{}' }));
    aws.cloudFormation.deploy({
      name: stackName,
      status: 'UPDATE_ROLLBACK_COMPLETE',
      outputs: { ...outputs, ConfigurationDigest: 'another' },
    });
    aws.events.rules.setState({ Name: ruleName('system-health') }, 'DISABLED');
    aws.cloudWatch.setAlarms([
      { AlarmName: 'ours', StateValue: 'ALARM', AlarmActions: [outputs.AlarmTopic] },
      { AlarmName: 'quiet', StateValue: 'OK', AlarmActions: [outputs.AlarmTopic] },
      { AlarmName: 'of others', StateValue: 'ALARM', AlarmActions: [] },
    ]);
    const { exitCode, stdout } = await project.onStack('doctor --json');
    const { checks } = JSON.parse(stdout);
    expect(exitCode).toBe(1);
    expect(checks).toEqual(
      expect.arrayContaining([
        line('Credentials', 'Linear', 'ok'),
        line('Secrets', 'linear-api-key', 'ok'),
        line('Secrets', 'linear-webhook-secret', 'problem'),
        line('Webhooks', 'Linear', 'problem'),
        line('Stack', 'stack', 'warning'),
        line('Stack', 'configuration', 'warning'),
        line('Stack', 'who is told', 'warning'),
        expect.objectContaining({ subject: 'dashboard', detail: outputs.DashboardUrl }),
        line('Stack', 'dead letters of dispatcher', 'problem'),
        line('Stack', 'system-health', 'warning'),
        expect.objectContaining({ subject: 'alarm', detail: 'ours', state: 'problem' }),
      ]),
    );
    expect(stdout).not.toContain('of others');
  });
});
