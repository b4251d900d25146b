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
  /** Of the installation there: what it takes to ask by other means than a client. */
  tokenFor(repository: string): Promise<string>;
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
  const known = new Map<number, Installation>();

  const at = (installation: number): Installation => {
    const found = known.get(installation);
    if (found !== undefined) return found;
    const name = `installation ${installation}`;
    const client = createGithubClient(apiUrl, { credential, name, octokit: {} }, options);
    const onGone = () => installations.forget(installation);
    const token = noticeGone(keepInstallationToken(app, installation, now), onGone);
    signWith(client, token);
    known.set(installation, { client, token });
    return { client, token };
  };
  return {
    app,
    forRepository: async (repository) => at(await installations.ofRepository(repository)).client,
    forOwner: async (owner) => at(await installations.ofOwner(owner)).client,
    tokenFor: async (repository) => at(await installations.ofRepository(repository)).token.get(),
  };
}

interface Installation {
  client: GithubClient;
  token: InstallationToken;
}

function noticeGone(token: InstallationToken, onGone: () => void): InstallationToken {
  return {
    get: async (refused) => {
      try {
        return await token.get(refused);
      } catch (error) {
        if (error instanceof UpstreamError && error.status === 404) onGone();
        throw error;
      }
    },
  };
}

/** Puts the token on every request of the client, and a new one where GitHub does not take it any more. */
function signWith(client: GithubClient, token: InstallationToken): void {
  client.hook.wrap('request', async (request, options) => {
    const send = (value: string) => {
      // All hooks of a request share this very object: a copy would go nowhere.
      options.headers = { ...options.headers, authorization: `token ${value}` };
      return request(options);
    };
    const first = await token.get();
    try {
      return await send(first);
    } catch (error) {
      // Nothing was done: whatever it was may be asked for again.
      if (!(error instanceof RequestError) || error.status !== 401) throw error;
      return send(await token.get(first));
    }
  });
}
