import { createGithubAccess } from '../../lib/adapters/github/access/access.ts';
import { createGithubSourceHost } from '../../lib/adapters/github/source/source-host.ts';
import type { SourceInspector } from '../../lib/analysis/source-inspector.ts';
import type { FolderSource } from '../../lib/domain/source.ts';
import type { TaskServices } from '../../lib/flows/component-analysis/tasks/work.ts';
import type { Blobs } from '../../lib/ports/blobs.ts';
import type { SecretStore } from '../../lib/ports/secret-store.ts';
import type { SourceHost } from '../../lib/ports/source-host.ts';
import { isDeployed } from '../../lib/runtime/deployed-environment.ts';
import { githubApi } from '../../lib/runtime/local-environment.ts';
import { joinSourceHosts } from '../../lib/runtime/source-hosts.ts';

/** What differs between the local host and AWS. */
export interface ThreadParts {
  blobs: Blobs;
  folders: SourceHost<FolderSource>;
  secrets: SecretStore;
}

/** What the tasks of an analysis work with: a thread shares nothing with the function that started it. */
export async function threadServices(): Promise<TaskServices> {
  const { blobs, folders, secrets } = await threadParts();
  const api = githubApi(process.env);
  const github = createGithubAccess({ secrets, ...api });
  return {
    sourceHost: joinSourceHosts({
      folder: folders,
      github: createGithubSourceHost(github, { download: { stallMs: api.requestMs } }),
    }),
    blobs,
    inspector: createInspectorOnDemand(),
    clock: { now: () => new Date() },
  };
}

async function threadParts(): Promise<ThreadParts> {
  if (isDeployed(process.env)) {
    const { deployedThreadParts } = await import('./deployed-thread-parts.ts');
    return deployedThreadParts();
  }
  const { localThreadParts } = await import('./local-thread-parts.ts');
  return localThreadParts();
}

/** Loads parsers and linters when something is to be inspected: reading a report takes none of them. */
function createInspectorOnDemand(): SourceInspector {
  let loading: Promise<SourceInspector> | undefined;
  return {
    inspect: async (files, onProgress) => {
      loading ??= loadInspector();
      return (await loading).inspect(files, onProgress);
    },
    close: async () => (await loading)?.close(),
  };
}

async function loadInspector(): Promise<SourceInspector> {
  const { createThreadedInspector } = await import('../../lib/analysis/threaded-inspector.ts');
  return createThreadedInspector();
}
