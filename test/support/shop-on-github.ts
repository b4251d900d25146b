import type { RequestListener } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import { startGithubServer, type GithubServer } from './github/github-server.ts';
import { refuse } from './github/answer.ts';

export const headCommit = '0123456789abcdef0123456789abcdef01234567';

/** Of a length that no token of today has. */
export const shopToken = `ghs_${'secret'.repeat(40)}`;

const repository = 'acme/shop';

export interface ShopAnswers {
  /** Answers in place of GitHub when a commit is asked for. */
  commits?: RequestListener;
  /** Files that GitHub lists. Default: it does not tell. */
  paths?: readonly string[];
}

/**
 * A GitHub with the repository `acme/shop`, whose branches `main` and `feature/x` are at `headCommit`. What
 * is asked of it has to be as GitHub describes it.
 * @param archive of that commit, or what answers in its place
 */
export async function startShop(
  archive: Uint8Array | RequestListener,
  { commits, paths }: ShopAnswers = {},
): Promise<GithubServer> {
  const files = Object.fromEntries((paths ?? []).map((path) => [path, '']));
  const server = await startGithubServer({
    repositories: [{ name: repository, commit: headCommit, files }],
    tokens: [{ token: shopToken }],
    archives: typeof archive === 'function' ? archive : fullArchive(archive),
  });
  server.repository(repository).branches.set('feature/x', headCommit);
  if (commits !== undefined) {
    const fault = { kind: 'listener', answer: commits } as const;
    server.script({ operation: 'repos/get-commit', fault, times: Infinity });
  }
  if (paths === undefined) {
    const fault = { kind: 'answer', ...refuse(404, 'Not Found'), headers: {} } as const;
    server.script({ operation: 'git/get-tree', fault, times: Infinity });
  }
  onTestFinished(() => {
    expect(server.violations).toEqual([]);
  });
  return server;
}

function fullArchive(archive: Uint8Array): RequestListener {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(archive);
  };
}

/** `GET /repos/acme/shop/commits/HEAD`, in the order of arrival. */
export function linesOf({ requests }: GithubServer): string[] {
  return requests.map(({ method, path }) => `${method} ${path}`);
}
