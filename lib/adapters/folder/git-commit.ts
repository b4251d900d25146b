import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readRegularFile } from './regular-file.ts';

/** Read from the files of `.git`, so that no git has to be installed. */

const commitPattern = /^[0-9a-f]{40}$/;

const largestRefFile = 50_000_000;

async function readLines(path: string): Promise<string[]> {
  const content = await readRegularFile(path, largestRefFile);
  const text = content?.toString('utf8') ?? '';
  return text.split('\n').map((line) => line.trim());
}

/** The nearest folder, from `folder` upwards, that holds a `.git`; null outside a checkout. */
export async function findCheckoutRoot(folder: string): Promise<string | null> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => null)) !== null) return at;
    if (dirname(at) === at) return null;
  }
}

/** `.git` is a folder, or in a worktree or submodule a file that names it. */
async function gitFolder(root: string): Promise<string> {
  const dotGit = join(root, '.git');
  if ((await stat(dotGit)).isDirectory()) return dotGit;
  const [first = ''] = await readLines(dotGit);
  return resolve(root, first.replace(/^gitdir:\s*/, ''));
}

/** Branches of a worktree live in the folder that all worktrees share. */
async function refFolders(git: string): Promise<string[]> {
  const [common = ''] = await readLines(join(git, 'commondir'));
  return common === '' ? [git] : [git, resolve(git, common)];
}

/** The commit that is checked out at `root`; null before the first commit. */
export async function readCommit(root: string): Promise<string | null> {
  const git = await gitFolder(root);
  const [head = ''] = await readLines(join(git, 'HEAD'));
  if (commitPattern.test(head)) return head;

  const ref = head.replace(/^ref:\s*/, '');
  for (const folder of await refFolders(git)) {
    const [loose = ''] = await readLines(join(folder, ref));
    if (commitPattern.test(loose)) return loose;
    const packed = await readLines(join(folder, 'packed-refs'));
    const line = packed.find((entry) => entry.endsWith(` ${ref}`));
    const commit = line?.slice(0, 40) ?? '';
    if (commitPattern.test(commit)) return commit;
  }
  return null;
}
