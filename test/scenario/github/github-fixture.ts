import { expect, onTestFinished } from 'vitest';
import {
  createGithubAccess,
  type GithubAccess,
} from '../../../lib/adapters/github/access/access.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import { startGithubServer, type GithubServer } from '../../support/github/github-server.ts';
import type { GithubSeed, TokenSeed } from '../../support/github/seed.ts';
import { createTestApp } from '../../support/github/test-app.ts';

export interface Github {
  server: GithubServer;
  access: GithubAccess;
  /** The way of another process there. */
  connect: () => GithubAccess;
}

export const shop = { name: 'acme/shop' };

/** Fast enough for a test: the pauses before a retry, and the patience with an answer. */
const quick = { retryMs: 10, requestMs: 2_000 };

/** A GitHub with the repository `acme/shop`, and a token to ask it with. */
export async function githubWithToken(
  seed: GithubSeed = {},
  token: Partial<TokenSeed> = {},
): Promise<Github> {
  const asker = { token: 'github_pat_of-ada', ...token };
  const server = await start({ ...seed, tokens: [asker, ...(seed.tokens ?? [])] });
  const secrets = secretsWith({ GITHUB_TOKEN: asker.token });
  return connected(server, secrets);
}

/** The same, with a GitHub App that is installed in `acme`. */
export async function githubWithApp(
  seed: GithubSeed = {},
  app: Parameters<typeof createTestApp>[0] = {},
): Promise<Github> {
  const made = createTestApp(app);
  const server = await start({ ...seed, app: made.seed });
  const secrets = secretsWith({
    GITHUB_APP_ID: String(made.seed.id),
    GITHUB_APP_PRIVATE_KEY: made.privateKey,
  });
  return connected(server, secrets);
}

function connected(server: GithubServer, secrets: SecretStore): Github {
  const connect = () => createGithubAccess({ secrets, apiUrl: server.url, ...quick });
  return { server, access: connect(), connect };
}

/** The head of the default branch. */
export function headOf(server: GithubServer, name = shop.name): string {
  const { branches, defaultBranch } = server.repository(name);
  return branches.get(defaultBranch) ?? '';
}

/** The requests of these methods: `POST`, `PATCH`. */
export function requestsBy(server: GithubServer, ...methods: string[]): string[] {
  return server.requests
    .filter(({ method }) => methods.includes(method))
    .map(({ method, path }) => `${method} ${path}`);
}

async function start(seed: GithubSeed): Promise<GithubServer> {
  const server = await startGithubServer({ repositories: [shop], ...seed });
  onTestFinished(() => {
    expect(server.violations).toEqual([]);
  });
  return server;
}

function secretsWith(values: Record<string, string>): SecretStore {
  return {
    get: (name) => {
      const value = values[name];
      return Promise.resolve(value === undefined ? [] : [value]);
    },
    refresh: () => Promise.resolve(true),
  };
}
