import { createAppAuth } from '@octokit/auth-app';
import { RequestError } from '@octokit/request-error';
import { UpstreamError } from '../../../domain/errors.ts';
import { findInstallations } from './app-installations.ts';
import { createGithubClient, type GithubClient, type GithubClientOptions } from './client.ts';
import { keepInstallationToken, type InstallationToken } from './installation-tokens.ts';

export interface AppClients {
  /** Signs as the App itself. */
  app: GithubClient;
  forRepository(repository: string): Promise<GithubClient>;
  forOwner(owner: string): Promise<GithubClient>;
}

interface AppOptions extends GithubClientOptions {
  apiUrl: string;
}

/** A client for the App, and one for each of its installations that is needed. */
export function createAppClients(
  { appId, privateKey }: { appId: string; privateKey: string },
  { apiUrl, ...options }: AppOptions,
): AppClients {
  const { now = Date.now } = options;
  const credential = 'app' as const;
  // Signs anew by GitHub's clock where ours is wrong.
  const octokit = { authStrategy: createAppAuth, auth: { appId, privateKey } };
  const app = createGithubClient(apiUrl, { credential, name: `app ${appId}`, octokit }, options);
  const installations = findInstallations(app, now);
  const clients = new Map<number, GithubClient>();

  const clientOf = (installation: number): GithubClient => {
    const known = clients.get(installation);
    if (known !== undefined) return known;
    const name = `installation ${installation}`;
    const client = createGithubClient(apiUrl, { credential, name, octokit: {} }, options);
    const onGone = () => installations.forget(installation);
    signWith(client, keepInstallationToken(app, installation, now), onGone);
    clients.set(installation, client);
    return client;
  };
  return {
    app,
    forRepository: async (repository) => clientOf(await installations.ofRepository(repository)),
    forOwner: async (owner) => clientOf(await installations.ofOwner(owner)),
  };
}

/** Puts the token on every request of the client, and a new one where GitHub does not take it any more. */
function signWith(client: GithubClient, token: InstallationToken, onGone: () => void): void {
  const currentToken = async (refused?: string): Promise<string> => {
    try {
      return await token.get(refused);
    } catch (error) {
      if (error instanceof UpstreamError && error.status === 404) onGone();
      throw error;
    }
  };
  client.hook.wrap('request', async (request, options) => {
    const send = (value: string) => {
      // All hooks of a request share this very object: a copy would go nowhere.
      options.headers = { ...options.headers, authorization: `token ${value}` };
      return request(options);
    };
    const first = await currentToken();
    try {
      return await send(first);
    } catch (error) {
      // Nothing was done: whatever it was may be asked for again.
      if (!(error instanceof RequestError) || error.status !== 401) throw error;
      return send(await currentToken(first));
    }
  });
}
