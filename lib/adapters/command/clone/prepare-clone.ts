import { dirname } from 'node:path';
import type { GithubSource } from '../../../domain/source.ts';
import type { AgentRequest } from '../../../ports/agent-provider.ts';
import type { GitRemotes } from '../../../ports/git-remotes.ts';
import { headerSettings } from '../git/git-environment.ts';
import { nameFiles, withOwnRepository } from '../git/own-repository.ts';
import { cloneCommit } from './clone-commit.ts';
import { cloneFolder, type FolderTools } from './clone-folder.ts';

export interface CloneTools extends FolderTools {
  remotes: GitRemotes;
}

type Cloned = Pick<AgentRequest, 'commit' | 'source'>;

/**
 * Makes the clone that an agent gets.
 * @returns git's name of what it begins with: of the commit, or of the files where they come from a folder
 */
export async function prepareClone(
  { commit, source }: Cloned,
  clone: string,
  tools: CloneTools,
): Promise<string> {
  if (source.kind === 'github') return cloneFromGithub(source, { commit, clone, ...tools });
  await cloneFolder(source, clone, tools);
  const place = { files: clone, beside: dirname(clone), doing: 'read the clone of the folder' };
  return withOwnRepository(tools.git, place, nameFiles);
}

async function cloneFromGithub(
  { atCommit, ref, repository }: GithubSource,
  { clone, commit, git, remotes }: CloneTools & { commit: string | null; clone: string },
): Promise<string> {
  const remote = await remotes.of(repository);
  const call = { doing: `clone ${repository}`, settings: headerSettings(remote) };
  const revision = commit ?? atCommit ?? ref ?? 'HEAD';
  const cloned = await cloneCommit(git, clone, { url: remote.url, revision, call });
  // The address alone: what it takes to get there was never written down.
  const origin = ['remote', 'add', 'origin', remote.url];
  await git(origin, { doing: `clone ${repository}`, folder: clone });
  return cloned;
}
