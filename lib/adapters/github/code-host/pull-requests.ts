import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import { oneLineText, shorten } from '../../../domain/plain-text.ts';
import type {
  OpenedPullRequest,
  PullRequests,
  WantedPullRequest,
} from '../../../ports/pull-requests.ts';
import type { GithubAccess } from '../access/access.ts';
import type { GithubClient } from '../access/client.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestJson } from '../requests/request.ts';
import { writeOnce } from '../requests/write-once.ts';
import { fitMarkdown } from './fit-markdown.ts';
import { getDefaultBranch } from './heads.ts';

/** Characters that GitHub takes. */
const longestTitle = 256;
const longestBody = 65_536;

const pullRequestSchema = z
  .object({ html_url: z.string(), number: z.int() })
  .transform(({ html_url: url, number }): OpenedPullRequest => ({ url, number }));

/** Pull requests on GitHub. */
export function createPullRequests(access: GithubAccess): PullRequests {
  return {
    open: async (wanted) => {
      const client = await access.clientFor(wanted.repository);
      const find = () => findByHead(client, wanted);
      const base = wanted.base ?? (await getDefaultBranch(client, wanted.repository));
      return (
        (await find()) ??
        (await findIfRefused(() => writeOnce(() => create(client, wanted, base), find), find))
      );
    },
  };
}

/** Also one that was closed or merged: what people have decided is not asked of them again. */
async function findByHead(
  client: GithubClient,
  { head, repository }: WantedPullRequest,
): Promise<OpenedPullRequest | undefined> {
  const { owner, repo } = repositoryParts(repository);
  const [found] = await requestJson(client, {
    route: 'GET /repos/{owner}/{repo}/pulls',
    parameters: { owner, repo, head: `${owner}:${head}`, state: 'all', per_page: 1 },
    schema: z.array(pullRequestSchema),
    subject: `the pull requests of ${repository}`,
    right: 'Pull requests: read',
  });
  return found;
}

function create(
  client: GithubClient,
  { body, head, repository, title }: WantedPullRequest,
  base: string,
): Promise<OpenedPullRequest> {
  return requestJson(client, {
    route: 'POST /repos/{owner}/{repo}/pulls',
    parameters: {
      ...repositoryParts(repository),
      head,
      base,
      title: shorten(oneLineText(title), longestTitle),
      body: fitMarkdown(body, {
        most: longestBody,
        sizeOf: (text) => text.length,
        notice: '> This is the beginning: all of it is too long for GitHub.',
      }),
    },
    schema: pullRequestSchema,
    subject: `a pull request in ${repository}`,
    right: 'Pull requests: write',
  });
}

/** GitHub refuses a second one of the same branch by the status that it has for all that is wrong. */
async function findIfRefused(
  write: () => Promise<OpenedPullRequest>,
  find: () => Promise<OpenedPullRequest | undefined>,
): Promise<OpenedPullRequest> {
  try {
    return await write();
  } catch (error) {
    const isRefused = error instanceof UpstreamError && error.status === 422;
    const found = isRefused ? await find() : undefined;
    if (found === undefined) throw error;
    return found;
  }
}
