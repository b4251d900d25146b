import type { Dirent } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unusable } from '../unusable.ts';

const replaced = 'The agent has removed its clone, or put something else in its place.';

/** Characters that a file system of macOS takes for nothing: `.g\u200cit` is `.git` there. */
const ignoredCharacters = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

function isGitFolder(name: string): boolean {
  const plain = name.replace(ignoredCharacters, '').toLowerCase();
  return plain === '.git' || plain === 'git~1';
}

/**
 * Removes every `.git` that an agent leaves behind, at any depth. Git would go into a repository within another
 * one to see what has changed, by the settings that it finds there: these can name programs to run.
 * @throws UpstreamError where the agent has put something else in the place of the folder
 */
export async function removeRepositories(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw unusable(replaced);
  await removeIn(folder);
}

async function removeIn(folder: string): Promise<void> {
  const children: Dirent[] = await readdir(folder, { withFileTypes: true });
  for (const child of children) {
    const path = join(folder, child.name);
    if (isGitFolder(child.name)) await rm(path, { recursive: true, force: true });
    // A link is a file to git: nobody follows it.
    else if (child.isDirectory()) await removeIn(path);
  }
}
