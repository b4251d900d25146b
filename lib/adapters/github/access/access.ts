import type { SecretStore } from '../../../ports/secret-store.ts';
import { createAppClients, type AppClients } from './app-clients.ts';
import { createGithubClient, type GithubClient, type GithubClientOptions } from './client.ts';
import { readCredentials, type Credentials } from './credentials.ts';
import type { CredentialKind } from '../requests/failures.ts';

/**
 * The way to GitHub's API, with the credentials that are set at the time: one that is changed needs no
 * restart. Each method throws a ConfigError for credentials that cannot be used.
 */
export interface GithubAccess {
  /** Without a slash at the end. */
  apiUrl: string;
  kind(): Promise<CredentialKind>;
  /**
   * A client that acts on the repository: with the token, or that of the App's installation there.
   * @param repository `owner/name`
   * @throws UpstreamError, final where the App is not installed
   */
  clientFor(repository: string): Promise<GithubClient>;
  /** The same for all of an owner (organisation or user). */
  clientForOwner(owner: string): Promise<GithubClient>;
  /** What git asks with for the repository; null where no credentials are set. */
  tokenFor(repository: string): Promise<string | null>;
  /** Signs as the App itself; undefined where no App is set up. */
  appClient(): Promise<GithubClient | undefined>;
}

export interface GithubAccessOptions extends GithubClientOptions {
  secrets: SecretStore;
  /** `https://api.github.com`, or `https://HOST/api/v3` of a GitHub Enterprise Server. */
  apiUrl: string;
}

export function createGithubAccess(options: GithubAccessOptions): GithubAccess {
  let current: { of: string; clients: Clients } | undefined;

  const clients = async (): Promise<Clients> => {
    const credentials = await readCredentials(options.secrets);
    const of = JSON.stringify(credentials);
    if (current?.of !== of) current = { of, clients: createClients(credentials, options) };
    return current.clients;
  };
  return {
    apiUrl: options.apiUrl,
    kind: async () => (await clients()).kind,
    clientFor: async (repository) => (await clients()).forRepository(repository),
    clientForOwner: async (owner) => (await clients()).forOwner(owner),
    tokenFor: async (repository) => (await clients()).tokenFor(repository),
    appClient: async () => (await clients()).app,
  };
}

/** The clients that one set of credentials gives. */
interface Clients extends Omit<AppClients, 'app' | 'tokenFor'> {
  kind: CredentialKind;
  tokenFor(repository: string): Promise<string | null>;
  app: GithubClient | undefined;
}

function createClients(credentials: Credentials, options: GithubAccessOptions): Clients {
  const { kind } = credentials;
  if (kind === 'app') return { kind, ...createAppClients(credentials, options) };
  const octokit = kind === 'token' ? { auth: credentials.token } : {};
  const client = createGithubClient(
    options.apiUrl,
    { credential: kind, name: kind, octokit },
    options,
  );
  const always = () => Promise.resolve(client);
  const token = kind === 'token' ? credentials.token : null;
  const tokenFor = () => Promise.resolve(token);
  return { kind, forRepository: always, forOwner: always, tokenFor, app: undefined };
}
