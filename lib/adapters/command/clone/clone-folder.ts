import { chmod, lstat, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FolderSource } from '../../../domain/source.ts';
import type { SourceEntry, SourceHost } from '../../../ports/source-host.ts';
import type { Git } from '../git/git-command.ts';
import { hostAuthor } from '../git/host-author.ts';
import { takeFilesAsTheyAre } from '../git/raw-files.ts';
import { isSecretFile } from './secret-files.ts';

export interface FolderTools {
  git: Git;
  /** Lists what may be read of a folder: not what its own rules ignore. */
  folders: SourceHost<FolderSource>;
}

/**
 * Makes a repository of a local folder, of the files as they are: what is not committed there was analysed as well.
 * Symbolic links are left out, as they lead to what was not asked for.
 */
export async function cloneFolder(
  source: FolderSource,
  target: string,
  { folders, git }: FolderTools,
): Promise<void> {
  await copyFiles(source, target, folders);
  const here = { doing: 'make a repository of the folder', folder: target };
  await git(['init', '--quiet', '--template=', '.'], here);
  await takeFilesAsTheyAre(join(target, '.git'));
  await git(['add', '--all'], here);
  const commit = ['commit', '--quiet', '--allow-empty', '--message=The folder as it was'];
  await git(commit, { ...here, variables: hostAuthor() });
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
    await chmod(file, await modeOf(join(source.path, entry.path)));
  }
}

/** Whether it may be executed; the rest of its mode is the host's. */
async function modeOf(file: string): Promise<number> {
  const { mode } = await lstat(file);
  return (mode & 0o100) === 0 ? 0o600 : 0o700;
}

/** Not what was installed, and not where people keep secrets. */
function isCopied({ kind, path, size }: SourceEntry): boolean {
  const steps = path.split('/');
  const isSecret = isSecretFile(steps.at(-1) ?? '');
  return kind === 'file' && size <= largestFile && !isSecret && !steps.includes('node_modules');
}
