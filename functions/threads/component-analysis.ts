import { join } from 'node:path';
import { createFolderBlobs } from '../../lib/adapters/folder/blobs.ts';
import { createFolderSourceHost } from '../../lib/adapters/folder/source-host.ts';
import { createGithubSourceHost } from '../../lib/adapters/github/source-host.ts';
import { createThreadedInspector } from '../../lib/analysis/threaded-inspector.ts';
import { createAnalysisTasks } from '../../lib/flows/component-analysis/tasks/create-analysis-tasks.ts';
import { dataFolder, githubAccess } from '../../lib/runtime/local-environment.ts';
import { serveJobs } from '../../lib/runtime/serve-jobs.ts';
import { joinSourceHosts } from '../../lib/runtime/source-hosts.ts';

/** Runs in a worker thread: what `component-analysis.ts` has done off the thread that answers requests. */
serveJobs({
  ...createAnalysisTasks({
    sourceHost: joinSourceHosts({
      folder: createFolderSourceHost(dataFolder(process.env)),
      github: createGithubSourceHost(() => githubAccess(process.env)),
    }),
    blobs: createFolderBlobs(join(dataFolder(process.env), 'blobs')),
    inspector: createThreadedInspector(),
    clock: { now: () => new Date() },
  }),
});
