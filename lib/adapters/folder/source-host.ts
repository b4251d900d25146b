import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestRejectedError } from '../../domain/errors.ts';
import type { SourceEntry, SourceHost } from '../../ports/source-host.ts';
import { findCheckoutRoot, readCommit } from './git-commit.ts';
import { isIgnored, rulesAbove, withRulesOf, type IgnoreRules } from './ignore-rules.ts';

/** Local folders as sources: a git checkout or not. Symbolic links are named but never followed. */
export function createFolderSourceHost(): SourceHost {
  return {
    open: async (source) => {
      const root = await resolveFolder(source.path);
      const checkout = await findCheckoutRoot(root);
      const above = checkout === null ? [] : await rulesAbove(checkout, root);
      return {
        commit: checkout === null ? null : await readCommit(checkout),
        entries: walk({ root, path: '', rules: above }),
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

interface Place {
  root: string;
  /** Relative to the root, with `/`; empty for the root. */
  path: string;
  rules: IgnoreRules;
}

async function* walk({ root, path, rules }: Place): AsyncGenerator<SourceEntry> {
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
    if (child.name === '.git') continue;
    const childPath = path === '' ? child.name : `${path}/${child.name}`;
    if (isIgnored(here, join(root, childPath), child.isDirectory())) {
      yield bareEntry(childPath, 'ignored');
    } else if (child.isDirectory()) {
      yield* walk({ root, path: childPath, rules: here });
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
  return { path, kind: 'file', size, read: () => readFile(absolute) };
}

function bareEntry(path: string, kind: SourceEntry['kind']): SourceEntry {
  const read = () => Promise.reject(new Error(`${path} is not a file`));
  return { path, kind, size: 0, read };
}
