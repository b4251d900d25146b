import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git, GitCall } from '../git/git-command.ts';
import { takeFilesAsTheyAre } from '../git/raw-files.ts';

export interface Wanted {
  /** Where the repository is. */
  url: string;
  /** A commit, branch, tag or `HEAD`. */
  revision: string;
  /** What git needs to get there. */
  call: Pick<GitCall, 'doing' | 'settings'>;
}

/** Clones one commit, without its history, into a folder that is not there yet. @returns the commit */
export async function cloneCommit(git: Git, folder: string, wanted: Wanted): Promise<string> {
  const { call, revision, url } = wanted;
  const here = { ...call, folder };
  await mkdir(folder, { recursive: true });
  // No template: it could hold hooks.
  await git(['init', '--quiet', '--template=', '.'], here);
  await takeFilesAsTheyAre(join(folder, '.git'));
  await git(fetchArguments(url, revision), here);
  await git(['checkout', '--quiet', '--detach', 'FETCH_HEAD'], here);
  return (await git(['rev-parse', 'HEAD'], here)).trim();
}

/** One commit, and nothing that it leads to. */
export function fetchArguments(url: string, revision: string): string[] {
  const only = ['--depth=1', '--no-tags', '--no-recurse-submodules', '--no-write-commit-graph'];
  return ['fetch', '--quiet', ...only, '--', url, revision];
}
