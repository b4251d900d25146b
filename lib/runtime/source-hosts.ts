import { RequestRejectedError } from '../domain/errors.ts';
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

/** For functions on AWS: folders are on the machines of people. */
export const refusedFolders: SourceHost<FolderSource> = {
  open: ({ path }) => {
    const message =
      `${path} is a folder: on AWS only sources on GitHub can be analysed; ` +
      "set source: 'github' in cicd.config.ts.";
    return Promise.reject(new RequestRejectedError('invalid', message));
  },
};
