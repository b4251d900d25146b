import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FolderSource } from '../../../domain/source.ts';
import type { SourceEntry, SourceHost } from '../../../ports/source-host.ts';
import type { Git, GitCall } from '../git/git-command.ts';
import { hostAuthor } from '../git/host-author.ts';
import { takeFilesAsTheyAre } from '../git/raw-files.ts';
import { cloneCommit } from './clone-commit.ts';
import { isSecretFile } from './secret-files.ts';

export interface FolderTools {
  git: Git;
  /** Lists what may be read of a folder: not what its own rules ignore. */
  folders: SourceHost<FolderSource>;
}

/** Makes a repository of a local folder: what is committed there, or its files where it is none itself. */
export async function cloneFolder(
  source: FolderSource,
  target: string,
  { folders, git }: FolderTools,
): Promise<void> {
  const call = { doing: 'clone the folder', settings: { 'protocol.file.allow': 'always' } };
  const url = pathToFileURL(source.path).href;
  if (await hasCommits(url, git, { ...call, folder: dirname(target) })) {
    await cloneCommit(git, target, { url, revision: 'HEAD', call });
    return;
  }
  await copyFiles(source, target, folders);
  const here = { doing: 'make a repository of the folder', folder: target };
  await git(['init', '--quiet', '--template=', '.'], here);
  await takeFilesAsTheyAre(join(target, '.git'));
  await git(['add', '--all'], here);
  const commit = ['commit', '--quiet', '--allow-empty', '--message=The folder as it was'];
  await git(commit, { ...here, variables: hostAuthor() });
}

/**
 * Of a part of a repository the rest was not asked for, and git does not read that of another user: in both cases
 * the files are copied.
 */
function hasCommits(url: string, git: Git, call: GitCall): Promise<boolean> {
  return git(['ls-remote', '--exit-code', url, 'HEAD'], call).then(
    (heads) => heads !== '',
    () => false,
  );
}

/** More is no source that an agent would read. */
const largestFile = 20_000_000;

async function copyFiles(
  source: FolderSource,
  target: string,
  folders: SourceHost<FolderSource>,
): Promise<void> {
  await mkdir(target, { recursive: true });
  const { entries } = await folders.open(source);
  for await (const entry of entries) {
    if (!isCopied(entry)) continue;
    const file = join(target, entry.path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await entry.read());
  }
}

/** Not what was installed, and not where people keep secrets. */
function isCopied({ kind, path, size }: SourceEntry): boolean {
  const steps = path.split('/');
  const isSecret = isSecretFile(steps.at(-1) ?? '');
  return kind === 'file' && size <= largestFile && !isSecret && !steps.includes('node_modules');
}
