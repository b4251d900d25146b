import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type { KnownHead } from '../../../ports/code-host.ts';
import type { GithubClient } from '../access/client.ts';
import { final } from '../requests/failures.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestIfChanged, requestJson } from '../requests/request.ts';

const commitSchema = z.string().regex(/^[0-9a-f]{40}$/);
const repositorySchema = z.object({ default_branch: z.string().min(1) });

interface Place {
  repository: string;
  /** Null stands for the default branch. */
  branch: string | null;
}

/**
 * One request, which costs nothing while the head stays; a second one tells the default branch where that has
 * moved.
 */
export async function getHead(
  client: GithubClient,
  place: Place,
  known: KnownHead | null,
): Promise<'unchanged' | KnownHead> {
  const head = await askForCommit(client, place, known?.etag ?? null);
  if (head === 'unchanged') return head;
  const { data: commit, etag } = head;
  const branch =
    place.branch ??
    (known?.commit === commit ? known.branch : await getDefaultBranch(client, place.repository));
  return { branch, commit, etag: etag ?? '' };
}

async function askForCommit(
  client: GithubClient,
  { branch, repository }: Place,
  etag: string | null,
) {
  const question = {
    route: 'GET /repos/{owner}/{repo}/commits/{ref}',
    parameters: {
      ...repositoryParts(repository),
      ref: branch === null ? 'HEAD' : `heads/${branch}`,
    },
    // The bare name: the commit with all its changes could be megabytes.
    headers: { accept: 'application/vnd.github.sha' },
    schema: commitSchema,
    subject: `the head of ${branch === null ? '' : `${branch} of `}${repository}`,
    right: 'Contents: read',
  };
  try {
    return await requestIfChanged(client, question, etag === '' ? null : etag);
  } catch (error) {
    throw explainNoHead(error, { branch, repository });
  }
}

/** What is configured may be a tag or a commit, which nobody pushes to. */
function explainNoHead(error: unknown, { branch, repository }: Place): unknown {
  if (!(error instanceof UpstreamError)) return error;
  if (error.status === 409) return final(`${repository} has no commits on GitHub.`, 409);
  if (error.status !== 422) return error;
  const text = `${repository} has no branch "${branch}" on GitHub`;
  return final(`${text}: pushes are looked for on branches only.`, 404);
}

export async function getDefaultBranch(client: GithubClient, repository: string): Promise<string> {
  const found = await requestJson(client, {
    route: 'GET /repos/{owner}/{repo}',
    parameters: repositoryParts(repository),
    schema: repositorySchema,
    subject: repository,
    right: 'Metadata: read',
  });
  return found.default_branch;
}
