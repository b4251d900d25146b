import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFolderSourceHost } from '../../../lib/adapters/folder/source-host.ts';
import type { SourceEntry } from '../../../lib/ports/source-host.ts';
import { folderWith, temporaryFolder } from '../../support/temporary-folder.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';

async function list(path: string): Promise<Record<string, SourceEntry['kind']>> {
  const listing = await createFolderSourceHost(null).open({ kind: 'folder', path });
  const kinds: Record<string, SourceEntry['kind']> = {};
  for await (const entry of listing.entries) kinds[entry.path] = entry.kind;
  return kinds;
}

async function commitOf(path: string): Promise<string | null> {
  return (await createFolderSourceHost(null).open({ kind: 'folder', path })).commit;
}

describe('listing', () => {
  test('names every file, relative to the root', async () => {
    const folder = folderWith({ 'a.py': '', 'b/c/d.ts': '' });
    expect(await list(folder)).toEqual({ 'a.py': 'file', 'b/c/d.ts': 'file' });
  });

  test('honours .gitignore files, inner ones over outer ones', async () => {
    const folder = folderWith({
      '.gitignore': '*.log\nbuilt/\n',
      'a.log': '',
      'built/x.js': '',
      'kept/.gitignore': '!b.log\n',
      'kept/b.log': '',
    });
    expect(await list(folder)).toEqual({
      '.gitignore': 'file',
      'a.log': 'ignored',
      built: 'ignored',
      'kept/.gitignore': 'file',
      'kept/b.log': 'file',
    });
  });

  test('honours the .gitignore of the checkout above the source', async () => {
    const root = folderWith({ '.git/HEAD': commit, '.gitignore': '*.tmp\n', 'src/a.tmp': '' });
    expect(await list(join(root, 'src'))).toEqual({ 'a.tmp': 'ignored' });
  });

  test('reads an ignored folder that was asked for by name', async () => {
    const root = folderWith({ '.git/HEAD': commit, '.gitignore': 'out/\n', 'out/a.js': '' });
    expect(await list(join(root, 'out'))).toEqual({ 'a.js': 'file' });
  });

  test('names symbolic links and follows none, loops included', async () => {
    const folder = folderWith({ 'src/a.py': '' });
    symlinkSync(folder, join(folder, 'src', 'loop'));
    expect(await list(folder)).toEqual({ 'src/a.py': 'file', 'src/loop': 'symlink' });
  });

  test('does not open a pipe', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'pipe.py')]);
    expect(await list(folder)).toEqual({ 'pipe.py': 'special' });
  });

  test('waits for no pipe in place of a .gitignore, and follows no link there', async () => {
    const folder = folderWith({ 'a/x.py': '', 'b/y.py': '', secret: 'y.py' });
    execFileSync('mkfifo', [join(folder, 'a/.gitignore')]);
    symlinkSync('../secret', join(folder, 'b/.gitignore'));
    expect(await list(folder)).toMatchObject({ 'a/x.py': 'file', 'b/y.py': 'file' });
  });

  test('takes no minutes for a .gitignore that is made to take them', async () => {
    const deep = Array.from({ length: 90 }, () => 'a').join('/');
    const folder = folderWith({
      '.gitignore': `${'**/a/'.repeat(7)}zz\n*.log\n`,
      [`${deep}/x.py`]: '',
      'y.log': '',
    });
    expect(await list(folder)).toMatchObject({ [`${deep}/x.py`]: 'file', 'y.log': 'ignored' });
  });

  test('never looks into the data folder, wherever it lies', async () => {
    const folder = folderWith({ 'a.py': '', '.cicd/cicd.db': '', 'data/cicd.db': '' });
    const host = createFolderSourceHost(join(folder, 'data'));
    const listing = await host.open({ kind: 'folder', path: folder });
    const paths: string[] = [];
    for await (const { path } of listing.entries) paths.push(path);
    expect(paths).toEqual(['a.py']);
    const inside = host.open({ kind: 'folder', path: join(folder, 'data') });
    await expect(inside).rejects.toThrow('cannot be analysed');
  });

  test('refuses a folder that is not there', async () => {
    const missing = join(temporaryFolder(), 'missing');
    await expect(list(missing)).rejects.toThrow(`There is no folder ${missing}`);
  });

  test('refuses a file in place of a folder', async () => {
    const folder = folderWith({ 'a.py': '' });
    await expect(list(join(folder, 'a.py'))).rejects.toThrow('There is no folder');
  });
});

describe('commit', () => {
  test('is read from a detached HEAD', async () => {
    expect(await commitOf(folderWith({ '.git/HEAD': `${commit}\n` }))).toBe(commit);
  });

  test('is read from a branch', async () => {
    const folder = folderWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/refs/heads/main': `${commit}\n`,
    });
    expect(await commitOf(folder)).toBe(commit);
  });

  test('is read from packed refs', async () => {
    const folder = folderWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/packed-refs': `# pack-refs\n${commit} refs/heads/main\n`,
    });
    expect(await commitOf(folder)).toBe(commit);
  });

  test('is read in a worktree', async () => {
    const main = folderWith({
      '.git/refs/heads/topic': `${commit}\n`,
      '.git/worktrees/topic/HEAD': 'ref: refs/heads/topic\n',
      '.git/worktrees/topic/commondir': '../..\n',
    });
    const worktree = temporaryFolder();
    writeFileSync(join(worktree, '.git'), `gitdir: ${join(main, '.git/worktrees/topic')}\n`);
    expect(await commitOf(worktree)).toBe(commit);
  });

  test('is unknown outside a checkout and before the first commit', async () => {
    expect(await commitOf(folderWith({ 'a.py': '' }))).toBeNull();
    const fresh = folderWith({ '.git/HEAD': 'ref: refs/heads/main\n' });
    mkdirSync(join(fresh, 'src'));
    expect(await commitOf(join(fresh, 'src'))).toBeNull();
  });
});
