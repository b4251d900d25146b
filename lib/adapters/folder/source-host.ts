import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestRejectedError } from '../../domain/errors.ts';
import type { FolderSource } from '../../domain/source.ts';
import type { SourceEntry, SourceHost } from '../../ports/source-host.ts';
import { findCheckoutRoot, readCommit } from './git-commit.ts';
import { readRegularFile } from './regular-file.ts';
import { isIgnored, rulesAbove, withRulesOf, type IgnoreRules } from './ignore-rules.ts';

/**
 * Local folders as sources: a git checkout or not. Symbolic links are named but never followed.
 * @param dataFolder never looked into: to open and close a file there would drop the locks that this
 *   process holds on it
 */
export function createFolderSourceHost(dataFolder: string | null): SourceHost<FolderSource> {
  return {
    open: async (source) => {
      const root = await resolveFolder(source.path);
      const closed = await resolvePlace(dataFolder);
      if (closed !== null && `${root}/`.startsWith(`${closed}/`)) throw ownData(source.path);
      const checkout = await findCheckoutRoot(root);
      const above = checkout === null ? [] : await rulesAbove(checkout, root);
      return {
        commit: checkout === null ? null : await readCommit(checkout),
        entries: walk({ root, path: '', rules: above, closed }),
      };
    },
  };
}

async function resolveFolder(path: string): Promise<string> {
  const root = await realpath(path).catch(() => null);
  if (root === null || !(await lstat(root)).isDirectory()) {
    throw new RequestRejectedError('not-found', `There is no folder ${path} to read source from.`);
  }
  return root;
}

/** Git's own files, and the data folder of any host. */
const neverRead = new Set(['.git', '.cicd']);

async function resolvePlace(path: string | null): Promise<string | null> {
  return path === null ? null : realpath(path).catch(() => null);
}

function ownData(path: string): RequestRejectedError {
  const message = `${path} holds the data of this system: it cannot be analysed.`;
  return new RequestRejectedError('forbidden', message);
}

interface Place {
  root: string;
  /** Relative to the root, with `/`; empty for the root. */
  path: string;
  rules: IgnoreRules;
  /** A folder that is passed over. */
  closed: string | null;
}

async function* walk({ root, path, rules, closed }: Place): AsyncGenerator<SourceEntry> {
  const folder = join(root, path);
  const here = await withRulesOf(rules, folder);
  let children: Dirent[];
  try {
    children = await readdir(folder, { withFileTypes: true });
  } catch {
    // No right to look inside: the caller counts it.
    yield bareEntry(path, 'unreadable');
    return;
  }

  for (const child of children) {
    const childPath = path === '' ? child.name : `${path}/${child.name}`;
    if (neverRead.has(child.name) || join(root, childPath) === closed) continue;
    if (isIgnored(here, join(root, childPath), child.isDirectory())) {
      yield bareEntry(childPath, 'ignored');
    } else if (child.isDirectory()) {
      yield* walk({ root, path: childPath, rules: here, closed });
    } else {
      yield await entryOf(root, childPath, child);
    }
  }
}

async function entryOf(root: string, path: string, child: Dirent): Promise<SourceEntry> {
  if (child.isSymbolicLink()) return bareEntry(path, 'symlink');
  // A pipe or device would block or never end.
  if (!child.isFile()) return bareEntry(path, 'special');
  const absolute = join(root, path);
  const size = await lstat(absolute).then(
    (found) => found.size,
    () => 0,
  );
  return { path, kind: 'file', size, read: () => readSourceFile(absolute) };
}

async function readSourceFile(absolute: string): Promise<Uint8Array> {
  const content = await readRegularFile(absolute);
  if (content === null) throw new Error(`${absolute} is not a regular file any more`);
  return content;
}

function bareEntry(path: string, kind: SourceEntry['kind']): SourceEntry {
  const read = () => Promise.reject(new Error(`${path} is not a file`));
  return { path, kind, size: 0, read };
}
