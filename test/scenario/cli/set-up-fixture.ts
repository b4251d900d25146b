import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startGithubServer, type GithubServer } from '../../support/github/github-server.ts';
import type { GithubSeed } from '../../support/github/seed.ts';
import {
  startLinearServer,
  type LinearServer,
  type LinearServerSeed,
} from '../../support/linear/linear-server.ts';
import { runCicd } from '../../support/run-cicd.ts';
import { noSecrets } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

/** Made up for tests. */
export const githubToken = 'ghp_of_no_worth_at_all';

/** A team with two repositories on GitHub, whose webhooks reach it by a tunnel. */
export const usualConfig = {
  host: { webhookUrl: 'https://cicd.acme.example' },
  linear: { trackingIssue: 'ENG-1' },
  repositories: [
    { name: 'acme/shop', source: 'github', components: { orders: ['orders/**'] } },
    { name: 'acme/site', source: 'github', components: { pages: ['pages/**'] } },
  ],
};

export interface SetUpOptions {
  /** In place of `usualConfig`. */
  config?: object;
  /** Lines of `.env` beside the addresses. Default: the token of GitHub and the key of Linear. */
  env?: Record<string, string>;
  github?: Partial<GithubSeed>;
  linear?: Partial<LinearServerSeed>;
}

export interface SetUpProject {
  github: GithubServer;
  linear: LinearServer;
  folder: string;
  envFile: string;
  /** Runs one command. Fails when its output holds a secret. */
  cicd(command: string): Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
  /** The same with `--json`: what it writes to standard output. */
  json(command: string): Promise<unknown>;
  readEnv(): string;
  /** As `ls` would show it: 0o600. */
  envMode(): number;
}

/** A GitHub and a Linear on this machine, and a project that uses both. */
export async function setUpProject(options: SetUpOptions = {}): Promise<SetUpProject> {
  const github = await startGithubServer({
    repositories: [{ name: 'acme/shop', private: true }, { name: 'acme/site' }],
    tokens: [{ token: githubToken }],
    ...options.github,
  });
  const linear = await startLinearServer({ issues: ['Component analysis'], ...options.linear });
  const secrets = options.env ?? {
    GITHUB_TOKEN: githubToken,
    LINEAR_API_KEY: linear.credentials.apiKey,
  };
  const env = { GITHUB_API_URL: github.url, LINEAR_API_URL: linear.url, ...secrets };
  const folder = folderWith({
    'cicd.config.ts': `export default ${JSON.stringify(options.config ?? usualConfig)};\n`,
    '.env': Object.entries(env)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  });
  const envFile = join(folder, '.env');
  const readEnv = () => readFileSync(envFile, 'utf8');
  const cicd = async (command: string) => {
    const args = [...command.split(' '), '--config', join(folder, 'cicd.config.ts')];
    const result = await runCicd(args, { env: { ...noSecrets, ...noAddresses } });
    expectNoSecret(result.stdout + result.stderr, readEnv());
    return result;
  };
  return {
    github,
    linear,
    folder,
    envFile,
    cicd,
    json: async (command) => JSON.parse((await cicd(`${command} --json`)).stdout),
    readEnv,
    envMode: () => statSync(envFile).mode & 0o777,
  };
}

/** Those of whoever runs the tests are not meant. */
const noAddresses = { GITHUB_API_URL: undefined, LINEAR_API_URL: undefined };

const isAddress = /_URL$/;

function expectNoSecret(output: string, env: string): void {
  for (const line of env.split('\n')) {
    const [name = '', ...rest] = line.split('=');
    const value =
      rest
        .join('=')
        .replaceAll('"', '')
        .split(String.raw`\n`)[1] ?? rest.join('=');
    if (value.length < 8 || isAddress.test(name)) continue;
    expect(output).not.toContain(value);
  }
}
