import { z } from 'zod';
import { final } from '../requests/failures.ts';
import type { GithubAccess } from './access.ts';
import type { GithubClient } from './client.ts';
import { requestJson } from '../requests/request.ts';

/** Under which name GitHub shows what we write there. */
export interface OwnIdentity {
  /** `octocat`, `acme-cicd[bot]` */
  login: string;
  /** Null for a token, which is no App's. */
  appId: number | null;
}

/** Who we are at a repository. */
export type Identities = (repository: string) => Promise<OwnIdentity>;

const userSchema = z.object({ login: z.string().min(1) });
const appSchema = z.object({ id: z.int(), slug: z.string().min(1) });

/** Asks once for each credential: clients are kept as long as their credential is in use. */
export function createIdentities(access: GithubAccess): Identities {
  const known = new WeakMap<GithubClient, OwnIdentity>();
  return async (repository) => {
    const app = await access.appClient();
    const client = app ?? (await access.clientFor(repository));
    const identity = known.get(client) ?? (await askWhoIsIt(client));
    known.set(client, identity);
    return identity;
  };
}

async function askWhoIsIt(client: GithubClient): Promise<OwnIdentity> {
  if (client.credential === 'none') {
    throw final('GitHub takes answers from known users only. Set GITHUB_TOKEN.');
  }
  if (client.credential === 'token') {
    const { login } = await requestJson(client, {
      route: 'GET /user',
      schema: userSchema,
      subject: 'the user of GITHUB_TOKEN',
      right: 'to tell who it belongs to',
    });
    return { login, appId: null };
  }
  const { id, slug } = await requestJson(client, {
    route: 'GET /app',
    schema: appSchema,
    subject: 'the GitHub App',
    right: 'to tell its name',
  });
  return { login: `${slug}[bot]`, appId: id };
}
