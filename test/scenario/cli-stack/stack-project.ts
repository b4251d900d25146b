import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { startCodegenServer, type CodegenServer } from '../../support/codegen/codegen-server.ts';
import { startGithubServer, type GithubServer } from '../../support/github/github-server.ts';
import { testCredentials } from '../../support/linear/access.ts';
import { startLinearServer, type LinearServer } from '../../support/linear/linear-server.ts';
import { runCicd, spawnCicd, type CicdOptions, type CicdResult } from '../../support/run-cicd.ts';
import { noSecrets } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';
import { deployStack, stackName, type DeployedStack } from './deployed-stack.ts';

/** Made up for tests. */
export const githubToken = 'ghp_of_no_worth_at_all';
export const linearKey = testCredentials.apiKey;

const config = {
  linear: { trackingIssue: 'ENG-1' },
  repositories: [
    {
      name: 'acme/shop',
      source: 'github',
      components: { orders: ['orders/**'] },
      analyseOnPush: true,
    },
    { name: 'here', components: { all: ['**'] } },
  ],
};

export interface StackProject extends DeployedStack {
  codegen: CodegenServer;
  github: GithubServer;
  linear: LinearServer;
  folder: string;
  /** Runs `cicd …` with the configuration of the project. `env`: beside that of an operator. */
  run(args: string, options?: CicdOptions): Promise<CicdResult>;
  /** The same on the stack. */
  onStack(args: string, options?: CicdOptions): Promise<CicdResult>;
  /** Begins to. What has not ended by then ends with the test. */
  beginOnStack(args: string, env?: NodeJS.ProcessEnv): ReturnType<typeof spawnCicd>;
}

/** A project that is deployed, and used by nothing of this machine. */
export async function deployProject(): Promise<StackProject> {
  const deployed = await deployStack(config);
  const github = await startGithubServer({
    repositories: [{ name: 'acme/shop', private: true }],
    tokens: [{ token: githubToken }],
  });
  const linear = await startLinearServer({ issues: ['Component analysis'] });
  const codegen = await startCodegenServer();
  onTestFinished(async () => {
    await codegen.close();
    const { aws } = deployed;
    const asked = [codegen, github, linear, aws].flatMap(({ violations }) => violations);
    expect(asked).toEqual([]);
  });
  const folder = folderWith({
    'cicd.config.ts': `export default ${JSON.stringify(config)};\n`,
  });
  const operator = {
    ...noSecrets,
    ...nothingOfTheCaller,
    CODEGEN_API_URL: codegen.url,
    GITHUB_API_URL: github.url,
    LINEAR_API_URL: linear.url,
    ...deployed.aws.environment,
  };
  const wordsOf = (args: string) => [
    ...args.split(' '),
    '--config',
    join(folder, 'cicd.config.ts'),
  ];
  const run: StackProject['run'] = (args, { env, ...options } = {}) =>
    runCicd(wordsOf(args), { ...options, env: { ...operator, ...env } });
  return {
    ...deployed,
    codegen,
    github,
    linear,
    folder,
    run,
    onStack: (args, options) => run(`${args} --stack ${stackName}`, options),
    beginOnStack(args, env) {
      const child = spawnCicd(wordsOf(`${args} --stack ${stackName}`), {
        env: { ...operator, ...env },
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      return child;
    },
  };
}

/** A developer's own AWS set-up is none of the tests' business. */
const nothingOfTheCaller = {
  AWS_PROFILE: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
};
