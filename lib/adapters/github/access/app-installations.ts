import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type { GithubClient } from './client.ts';
import { final } from '../requests/failures.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestJson } from '../requests/request.ts';

/** Where an App is installed. */
export interface AppInstallations {
  /** Id of the installation that serves the repository. @throws UpstreamError, final where there is none */
  ofRepository(repository: string): Promise<number>;
  /** The same for an organisation or a user. */
  ofOwner(owner: string): Promise<number>;
  /** Has it looked up anew the next time. */
  forget(installation: number): void;
}

const keptMs = 3_600_000;

const installationSchema = z.object({ id: z.number() });

interface Found {
  id: number;
  lookAgainAt: number;
}

/**
 * Asks GitHub where the App is installed, and keeps that for an hour. An App is installed once for all
 * repositories of an owner, so one question serves them all.
 * @param client signs as the App itself
 * @param now milliseconds since the epoch
 */
export function findInstallations(client: GithubClient, now: () => number): AppInstallations {
  const known = new Map<string, Found>();
  const asking = new Map<string, Promise<unknown>>();

  const lookUp = async (place: string, routes: readonly Route[]): Promise<number> => {
    for (const route of routes) {
      const id = await ask(client, route);
      if (id === undefined) continue;
      known.set(ownerOf(place), { id, lookAgainAt: now() + keptMs });
      return id;
    }
    throw final(`The GitHub App is not installed on ${place}: install it there.`, 404);
  };
  const find = async (place: string, routes: readonly Route[]): Promise<number> => {
    const owner = ownerOf(place);
    // What comes out for another repository of the owner does for this one; if nothing does, we ask.
    const others = asking.get(owner);
    if (others !== undefined) await others;
    const found = known.get(owner);
    if (found !== undefined && now() < found.lookAgainAt) return found.id;
    const lookedUp = lookUp(place, routes);
    asking.set(owner, Promise.allSettled([lookedUp]));
    return lookedUp;
  };
  return {
    ofRepository: (repository) => {
      const route = 'GET /repos/{owner}/{repo}/installation';
      return find(repository, [{ route, parameters: { ...repositoryParts(repository) } }]);
    },
    ofOwner: (owner) =>
      find(owner, [
        { route: 'GET /orgs/{org}/installation', parameters: { org: owner } },
        { route: 'GET /users/{username}/installation', parameters: { username: owner } },
      ]),
    forget: (installation) => {
      for (const [owner, { id }] of known) if (id === installation) known.delete(owner);
    },
  };
}

/** @param place `owner/name`, or `owner` alone */
function ownerOf(place: string): string {
  return place.replace(/\/.*/s, '').toLowerCase();
}

interface Route {
  route: string;
  parameters: Record<string, string>;
}

/** Undefined where the App is not installed. */
async function ask(client: GithubClient, route: Route): Promise<number | undefined> {
  const subject = "the App's installation";
  try {
    const question = { ...route, subject, right: 'Metadata: read', schema: installationSchema };
    const { id } = await requestJson(client, question);
    return id;
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 404) return undefined;
    throw error;
  }
}
