import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git, GitCall } from './git-command.ts';
import { takeFilesAsTheyAre } from './raw-files.ts';

/** Runs git in it. @returns what it has printed */
export type OwnRepository = (
  args: readonly string[],
  more?: Pick<GitCall, 'settings' | 'variables'>,
) => Promise<string>;

interface Place {
  /** The folder whose files it is about. */
  files: string;
  /** Where it is kept meanwhile: not among the files. */
  beside: string;
  /** What for: see GitCall. */
  doing: string;
}

/**
 * Works with a new repository of ours over files that others have written. Settings, hooks and objects of theirs
 * count for nothing: git looks for them in this repository alone.
 */
export async function withOwnRepository<Result>(
  git: Git,
  { beside, doing, files }: Place,
  work: (repository: OwnRepository) => Promise<Result>,
): Promise<Result> {
  const repository = await mkdtemp(join(beside, 'repository-'));
  const where = { GIT_DIR: repository, GIT_WORK_TREE: files };
  try {
    await git(['init', '--quiet', '--bare', '--template=', '.'], { doing, folder: repository });
    await takeFilesAsTheyAre(repository);
    return await work((args, { settings = {}, variables = {} } = {}) =>
      git(args, { doing, folder: files, settings, variables: { ...where, ...variables } }),
    );
  } finally {
    await rm(repository, { recursive: true, force: true });
  }
}

/** Git's name for all the files, but those that they themselves ignore. */
export async function nameFiles(repository: OwnRepository): Promise<string> {
  await repository(['add', '--all']);
  return (await repository(['write-tree'])).trim();
}
