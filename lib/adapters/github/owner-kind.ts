import { z } from 'zod';
import { UpstreamError } from '../../domain/errors.ts';
import type { GithubAccess } from './access.ts';
import { repositoryParts } from './repository-parts.ts';
import { requestJson } from './request.ts';

/** Whether the owner of the repositories is an organisation; false where GitHub does not tell. */
export type IsOrganisation = (owner: string, repositories: readonly string[]) => Promise<boolean>;

const repositorySchema = z.object({ owner: z.object({ type: z.string() }) });

/** Asks once for each owner: a user that becomes an organisation is seen after a restart. */
export function createOwners(access: GithubAccess): IsOrganisation {
  const known = new Map<string, boolean>();
  return async (owner, repositories) => {
    const before = known.get(owner);
    if (before !== undefined) return before;
    for (const repository of repositories) {
      const type = await askForOwnerType(access, repository);
      if (type === null) continue;
      known.set(owner, type === 'Organization');
      return type === 'Organization';
    }
    return false;
  };
}

/** Null for a repository that we may not see. */
async function askForOwnerType(access: GithubAccess, repository: string): Promise<string | null> {
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
