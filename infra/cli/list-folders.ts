import type { GithubAccess } from '../../lib/adapters/github/access/access.ts';
import { listGithubFiles } from '../../lib/adapters/github/source/file-list.ts';
import type { SourceHost } from '../../lib/ports/source-host.ts';
import type { Source } from '../../lib/domain/source.ts';
import type { ListFolders } from './resolve-component.ts';

/** Reads a whole source only where its list of files is not to be had. */
export function createFolderList(sourceHost: SourceHost, github: GithubAccess): ListFolders {
  return async (source) => {
    const listed = source.kind === 'github' ? await listGithubFiles(github, source) : undefined;
    return foldersOf(listed ?? (await readFileList(source, sourceHost)));
  };
}

async function readFileList(source: Source, sourceHost: SourceHost): Promise<string[]> {
  const paths: string[] = [];
  const { entries } = await sourceHost.open(source);
  for await (const { kind, path } of entries) if (kind === 'file') paths.push(path);
  return paths;
}

function foldersOf(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/').slice(0, -1);
    parts.forEach((_, index) => folders.add(parts.slice(0, index + 1).join('/')));
  }
  return [...folders].toSorted();
}
