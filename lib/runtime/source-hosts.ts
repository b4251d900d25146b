import type { FolderSource, GithubSource } from '../domain/source.ts';
import type { SourceHost } from '../ports/source-host.ts';

/** One host for every kind of source. */
export function joinSourceHosts(hosts: {
  folder: SourceHost<FolderSource>;
  github: SourceHost<GithubSource>;
}): SourceHost {
  return {
    open: (source) =>
      source.kind === 'folder' ? hosts.folder.open(source) : hosts.github.open(source),
  };
}
