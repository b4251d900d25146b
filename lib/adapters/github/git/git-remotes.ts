import type { GitRemotes } from '../../../ports/git-remotes.ts';
import type { GithubAccess } from '../access/access.ts';
import { repositoryParts } from '../requests/repository-parts.ts';

/**
 * Repositories on GitHub as the `git` command reaches them: with the token, or that of the App's installation.
 * @param serverUrl `https://github.com`, without a slash at the end
 * @see https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
 */
export function createGitRemotes(access: GithubAccess, serverUrl: string): GitRemotes {
  return {
    of: async (repository) => {
      const { owner, repo } = repositoryParts(repository);
      const token = await access.tokenFor(repository);
      return {
        url: `${serverUrl}/${owner}/${repo}.git`,
        header: token === null ? null : `authorization: basic ${basic(token)}`,
      };
    },
  };
}

/** GitHub takes any kind of token as the password of this user. */
function basic(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}
