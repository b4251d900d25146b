import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { markInstallation } from '../../../infra/local/installation.ts';
import { webhookAddress } from '../../../lib/domain/webhook-addresses.ts';
import type { EventSource } from '../../../lib/domain/event.ts';
import { secretNames } from '../../../lib/domain/secret-names.ts';
import { startGithubServer, type GithubServer } from '../../support/github/github-server.ts';
import type { GithubSeed } from '../../support/github/seed.ts';
import { createTestApp } from '../../support/github/test-app.ts';
import { testCredentials } from '../../support/linear/access.ts';
import {
  startLinearServer,
  type LinearServer,
  type LinearServerSeed,
} from '../../support/linear/linear-server.ts';
import { runCicd, type CicdResult } from '../../support/run-cicd.ts';
import { noSecrets } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

/** Made up for tests. */
export const githubToken = 'ghp_of_no_worth_at_all';

/** Where webhooks reach the host, if one ran; where it was before. */
export const tunnel = 'https://127.0.0.1:9';
export const oldTunnel = 'https://127.0.0.1:8';

/** Both services, by a person's credentials. */
export const usualEnv = { GITHUB_TOKEN: githubToken, LINEAR_API_KEY: testCredentials.apiKey };

/** A team with two repositories on GitHub, whose webhooks reach it by a tunnel. */
export const usualConfig = {
  analyseOnFirstStart: false,
  host: { webhookUrl: tunnel },
  linear: { trackingIssue: 'ENG-1' },
  repositories: [
    { name: 'acme/shop', source: 'github', components: { orders: ['orders/**'] } },
    { name: 'acme/site', source: 'github', components: { pages: ['pages/**'] } },
  ],
};

export interface SetUpOptions {
  /** Default: `usualConfig`. */
  config?: object;
  /** Of `.env`, beside the services' addresses. Default: `usualEnv`. */
  env?: Record<string, string>;
  github?: Partial<GithubSeed>;
  linear?: Partial<LinearServerSeed>;
}

export interface SetUpProject {
  github: GithubServer;
  linear: LinearServer;
  folder: string;
  envFile: string;
  /** Where its webhooks point: at the tunnel, with its mark. */
  atGithub: string;
  atLinear: string;
  /** The same below another address. */
  addressAt(base: string, source: EventSource): string;
  /** Runs one command. Fails when its output holds a secret. @param env of its process */
  cicd(command: string, env?: Record<string, string>): Promise<CicdResult>;
  /** What the command writes with `--json`. */
  json(command: string): Promise<unknown>;
  /** What `.env` holds now. */
  readEnv(): NodeJS.Dict<string>;
}

/** A GitHub and a Linear on this machine, and a project that uses both. */
export async function setUpProject(options: SetUpOptions = {}): Promise<SetUpProject> {
  const { config = usualConfig, env = usualEnv } = options;
  const github = await startGithubServer({
    repositories: [{ name: 'acme/shop', private: true }, { name: 'acme/site' }],
    tokens: [{ token: githubToken }],
    ...options.github,
  });
  const linear = await startLinearServer({ issues: ['Component analysis'], ...options.linear });
  onTestFinished(() => {
    expect([...github.violations, ...linear.violations]).toEqual([]);
  });
  const addresses = { GITHUB_API_URL: github.url, LINEAR_API_URL: linear.url };
  const folder = folderWith({
    'cicd.config.ts': `export default ${JSON.stringify(config)};\n`,
    '.env': Object.entries({ ...addresses, ...env })
      .map(([name, value]) => `${name}="${value}"\n`)
      .join(''),
  });
  const envFile = join(folder, '.env');
  const readEnv = () => parseEnv(readFileSync(envFile, 'utf8'));
  const cicd: SetUpProject['cicd'] = async (command, ownEnv) => {
    const args = [...command.split(' '), '--config', join(folder, 'cicd.config.ts')];
    const result = await runCicd(args, { env: { ...nothingOfTheCaller, ...ownEnv } });
    expectNoSecret(result.stdout + result.stderr, readEnv());
    return result;
  };
  const json = async (command: string): Promise<unknown> =>
    JSON.parse((await cicd(`${command} --json`)).stdout);
  const dataFolder = join(folder, '.cicd');
  const installation = markInstallation(dataFolder);
  const addressAt = (base: string, source: EventSource) =>
    webhookAddress(base, source, installation);
  return {
    github,
    linear,
    folder,
    envFile,
    cicd,
    json,
    readEnv,
    addressAt,
    atGithub: addressAt(tunnel, 'github'),
    atLinear: addressAt(tunnel, 'linear'),
  };
}

/** A GitHub App in place of a token: for `github`, and for `env`. */
export function withApp(overrides: Parameters<typeof createTestApp>[0] = {}) {
  const { privateKey, seed } = createTestApp(overrides);
  const pem = privateKey.trim().replaceAll('\n', String.raw`\n`);
  const { LINEAR_API_KEY } = usualEnv;
  return {
    github: { app: seed },
    env: { GITHUB_APP_ID: String(seed.id), GITHUB_APP_PRIVATE_KEY: pem, LINEAR_API_KEY },
  };
}

const nothingOfTheCaller = {
  ...noSecrets,
  GITHUB_API_URL: undefined,
  LINEAR_API_URL: undefined,
  CICD_REQUEST_SECONDS: undefined,
};

function expectNoSecret(output: string, env: NodeJS.Dict<string>): void {
  const values = secretNames.filter((name) => name !== 'GITHUB_APP_ID').map((name) => env[name]);
  const parts = values.flatMap((value = '') => value.split(/\\n|\n/));
  const secrets = parts.filter((part) => part !== '' && !part.startsWith('-----'));
  expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
}
