import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type { Store } from '../../../ports/store.ts';
import type { GithubAccess } from '../access/access.ts';
import { recall, remember } from '../requests/remembered.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestJson } from '../requests/request.ts';

/** Whether the owner of the repositories is an organisation; false where GitHub does not tell. */
export type IsOrganisation = (owner: string, repositories: readonly string[]) => Promise<boolean>;

const repositorySchema = z.object({ owner: z.object({ type: z.string() }) });

/** Null: none of the repositories can be seen. */
const ownerSchema = z.object({ type: z.string().nullable() });

/** A user rarely becomes an organisation. */
const keptMs = 7 * 86_400_000;

/** Somebody may soon let us see it. */
const unseenMs = 3_600_000;

/**
 * Asks once a week for each owner, and once an hour for one of which nothing can be seen.
 * @param options `now` in milliseconds since the epoch
 */
export function createOwners(
  access: GithubAccess,
  { now, store }: { store: Store; now: () => number },
): IsOrganisation {
  return async (owner, repositories) => {
    const key = `owner:${owner}`;
    const known = await recall(store, key, ownerSchema);
    const type = known === undefined ? await askForType(access, repositories) : known.type;
    if (known === undefined) {
      const expiresAt = now() + (type === null ? unseenMs : keptMs);
      await remember(store, { key, value: { type }, expiresAt });
    }
    return type === 'Organization';
  };
}

async function askForType(
  access: GithubAccess,
  repositories: readonly string[],
): Promise<string | null> {
  for (const repository of repositories) {
    const type = await askForOwnerOf(access, repository);
    if (type !== null) return type;
  }
  return null;
}

/** Null for a repository that we may not see. */
async function askForOwnerOf(access: GithubAccess, repository: string): Promise<string | null> {
  try {
    const { owner } = await requestJson(await access.clientFor(repository), {
      route: 'GET /repos/{owner}/{repo}',
      parameters: repositoryParts(repository),
      schema: repositorySchema,
      subject: repository,
      right: 'Metadata: read',
    });
    return owner.type;
  } catch (error) {
    if (error instanceof UpstreamError && !error.retryable && error.status !== 401) return null;
    throw error;
  }
}
