import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type { GithubSource } from '../../../domain/source.ts';
import type { GithubAccess } from '../access/access.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestJson } from '../requests/request.ts';

const treeSchema = z.object({
  tree: z.array(z.object({ path: z.string(), mode: z.string(), type: z.string() })),
  truncated: z.boolean(),
});

const symlinkMode = '120000';

/**
 * The paths of all files of a repository, in one request.
 * @returns undefined where GitHub does not tell them all: more than 100,000, or no such repository or ref
 */
export async function listGithubFiles(
  access: GithubAccess,
  { atCommit, ref, repository }: GithubSource,
): Promise<string[] | undefined> {
  const client = await access.clientFor(repository);
  try {
    const { tree, truncated } = await requestJson(client, {
      route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
      parameters: {
        ...repositoryParts(repository),
        tree_sha: atCommit ?? ref ?? 'HEAD',
        recursive: '1',
      },
      subject: `the files of ${repository}`,
      right: 'Contents: read',
      schema: treeSchema,
    });
    const files = tree.filter(({ mode, type }) => type === 'blob' && mode !== symlinkMode);
    return truncated ? undefined : files.map(({ path }) => path);
  } catch (error) {
    if (error instanceof UpstreamError && isUnknown(error.status)) return undefined;
    throw error;
  }
}

/** No such thing, an empty repository, or no such ref. */
function isUnknown(status: number | undefined): boolean {
  return status === 404 || status === 409 || status === 422;
}
