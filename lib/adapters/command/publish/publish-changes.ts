import { basename } from 'node:path';
import type { AgentPullRequest } from '../../../domain/agents/agent-run.ts';
import type { GithubSource } from '../../../domain/source.ts';
import type { GitRemote, GitRemotes } from '../../../ports/git-remotes.ts';
import type { PullRequests } from '../../../ports/pull-requests.ts';
import { fetchArguments } from '../clone/clone-commit.ts';
import type { Git } from '../git/git-command.ts';
import { headerSettings } from '../git/git-environment.ts';
import { hostAuthor } from '../git/host-author.ts';
import { nameFiles, withOwnRepository, type OwnRepository } from '../git/own-repository.ts';
import type { RunRequest } from '../host-records.ts';
import type { RunPaths } from '../run-paths.ts';
import { commitMessage, pullRequestBody, pullRequestTitle } from './pull-request-text.ts';
import { removeRepositories } from './remove-repositories.ts';

export interface PublishTools {
  git: Git;
  remotes: GitRemotes;
  pullRequests: PullRequests;
}

/** An agent run that has ended well. */
export interface Ended {
  request: RunRequest;
  paths: RunPaths;
  /** ISO 8601 UTC. */
  endedAt: string;
}

/**
 * Proposes what an agent has changed as a pull request; none where it has changed nothing. Tried again, it makes the
 * same commit, finds the branch as it left it and the pull request that it has opened.
 */
export async function publishToGithub(
  ended: Ended,
  source: GithubSource,
  tools: PublishTools,
): Promise<AgentPullRequest[]> {
  const { paths, request } = ended;
  const remote = await tools.remotes.of(source.repository);
  await removeRepositories(paths.clone);
  const place = {
    files: paths.clone,
    beside: paths.folder,
    doing: `push the agent's changes to ${source.repository}`,
  };
  const branch = `cicd/${request.id}`;
  return withOwnRepository(tools.git, place, async (repository) => {
    const made = await commitChanges(repository, ended, remote);
    if (made === null) return [];
    const settings = headerSettings(remote);
    // Never by force: what somebody else has put there stays.
    const push = ['push', '--quiet', '--', remote.url, `${made.commit}:refs/heads/${branch}`];
    await repository(push, { settings });
    const base = await baseBranch(repository, { remote, source });
    const { order, title } = request;
    const program = basename(order.run[0] ?? '');
    const proposal = { id: request.id, title, program, base: request.base, paths: made.paths };
    const { url } = await tools.pullRequests.open({
      repository: source.repository,
      head: branch,
      ...(base === null ? {} : { base }),
      title: pullRequestTitle(proposal),
      body: pullRequestBody(proposal),
    });
    return [{ url, title: pullRequestTitle(proposal), branch }];
  });
}

interface Made {
  commit: string;
  paths: string[];
}

/** Null where nothing has changed. */
async function commitChanges(
  repository: OwnRepository,
  { endedAt, request }: Ended,
  remote: GitRemote,
): Promise<Made | null> {
  const { base } = request;
  await repository(fetchArguments(remote.url, base), { settings: headerSettings(remote) });
  // Files that are ignored but committed all the same belong to the tree.
  await repository(['read-tree', base]);
  const tree = await nameFiles(repository);
  if (tree === (await repository(['rev-parse', `${base}^{tree}`])).trim()) return null;
  const message = commitMessage(request);
  // At the time of the agent's end it is the same commit however often it is made.
  const commit = await repository(['commit-tree', tree, '-p', base, '-m', message], {
    variables: hostAuthor(endedAt),
  });
  const list = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', base, commit.trim()];
  const changed = await repository(list);
  return { commit: commit.trim(), paths: changed.split('\0').filter((path) => path !== '') };
}

/** The branch that was analysed; null, for the default branch, where it was none. */
async function baseBranch(
  repository: OwnRepository,
  { remote, source }: { remote: GitRemote; source: GithubSource },
): Promise<string | null> {
  if (source.ref === null) return null;
  const branch = source.ref.replace(/^refs\/heads\//, '');
  const wanted = `refs/heads/${branch}`;
  const list = ['ls-remote', '--quiet', '--', remote.url, wanted];
  const heads = await repository(list, { settings: headerSettings(remote) });
  return heads.trimEnd().endsWith(`\t${wanted}`) ? branch : null;
}
