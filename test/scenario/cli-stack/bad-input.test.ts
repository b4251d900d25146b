import { describe, expect, test } from 'vitest';
import { stackName } from './deployed-stack.ts';
import { deployProject, type StackProject } from './stack-project.ts';

/** The words of a command that has to fail. */
async function failing(
  project: StackProject,
  args: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { exitCode, stderr, stdout } = await project.run(args, { env });
  expect(exitCode).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/^\s+at /m);
  return stderr.trim();
}

const list = `runs ls --stack ${stackName}`;

describe('an operator', () => {
  test('without credentials is told where they come from', async () => {
    const project = await deployProject();
    const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const [told, ofProfile] = await Promise.all([
      failing(project, list, nobody),
      failing(project, list, { ...nobody, AWS_PROFILE: 'nope' }),
    ]);
    expect(told).toMatch(/no AWS credentials.*aws sso login/);
    expect(ofProfile).toMatch(/no profile nope.*list-profiles/);
  });

  test('whose credentials have expired is told to get new ones', async () => {
    const project = await deployProject();
    const { aws } = project;
    const expired = aws.issue(
      { arn: 'arn:aws:sts::123456789012:assumed-role/Operator/ann' },
      { session: true, expiresAt: Date.now() - 1_000 },
    );
    const env = aws.environmentOf(expired);
    const told = await failing(project, list, env);
    expect(told).toMatch(/credentials have expired.*aws sso login/);
    expect(told).not.toContain(expired.sessionToken);
  });

  test('without a right is told which one', async () => {
    const project = await deployProject();
    const statements = [
      { Effect: 'Allow' as const, Action: 'cloudformation:DescribeStacks', Resource: '*' },
    ];
    const reader = project.aws.issue({ arn: 'arn:aws:iam::123456789012:user/ann', statements });
    const told = await failing(project, list, project.aws.environmentOf(reader));
    expect(told).toContain('AWS does not allow you dynamodb:Query on');
    expect(told).toContain('infra/operator-policies');
  });

  test('without a region, or with one that is not there, is told so', async () => {
    const project = await deployProject();
    const none = { AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined };
    const away = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const [missing, unreachable] = await Promise.all([
      failing(project, list, none),
      failing(project, list, away),
    ]);
    expect(missing).toContain('Set AWS_REGION');
    expect(unreachable).toMatch(/AWS cannot be reached \(ECONNREFUSED\)/);
  });

  test('whom AWS holds back for good is told to wait', async () => {
    const project = await deployProject();
    project.aws.script({ service: 'cloudformation', act: 'throttle', times: 10 });
    expect(await failing(project, list)).toContain('Try again in a minute');
  });
});

describe('a stack', () => {
  test('that does not exist: those of this product are named', async () => {
    const project = await deployProject();
    project.aws.cloudFormation.deploy({ name: 'CDKToolkit', outputs: { BucketName: 'assets' } });
    const told = await failing(project, 'runs ls --stack autonomous-cicd-prod');
    expect(told).toBe(
      `There is no stack autonomous-cicd-prod in the region eu-west-1. There: ${stackName}.`,
    );
  });

  test('of something else, or not ready, is no target', async () => {
    const project = await deployProject();
    const { cloudFormation } = project.aws;
    cloudFormation.deploy({ name: 'CDKToolkit', outputs: { BucketName: 'assets' } });
    cloudFormation.deploy({ name: 'begun', status: 'CREATE_IN_PROGRESS' });
    cloudFormation.deploy({ name: 'failed', status: 'ROLLBACK_COMPLETE' });
    const [other, begun, failed] = await Promise.all([
      failing(project, 'runs ls --stack CDKToolkit'),
      failing(project, 'runs ls --stack begun'),
      failing(project, 'runs ls --stack failed'),
    ]);
    expect(other).toContain('it is that of something else');
    expect(begun).toContain('wait until npx cdk deploy is done');
    expect(failed).toContain('npx cdk destroy');
    expect(failed).toContain('update-termination-protection --stack-name failed');
  });

  test('and a data folder, or a name that CloudFormation does not take, is wrong use', async () => {
    const project = await deployProject();
    const [both, odd] = await Promise.all([
      project.run(`${list} --data .cicd`),
      project.run('runs ls --stack autonomous_cicd'),
    ]);
    expect(both).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("'--data <dir>'") });
    expect(odd).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('a letter first') });
  });

  test('reads no folders of this machine', async () => {
    const project = await deployProject();
    for (const args of ['analyze all', 'analyze orders --source .']) {
      const told = await failing(project, `${args} --stack ${stackName}`);
      expect(told).toContain(`The stack ${stackName} reads no folders of this machine`);
    }
  });
});
