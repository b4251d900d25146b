import { join } from 'node:path';
import { createEnvironmentSecrets } from '../../lib/adapters/environment/secret-store.ts';
import { createFolderBlobs } from '../../lib/adapters/folder/blobs.ts';
import { createFolderSourceHost } from '../../lib/adapters/folder/source-host.ts';
import { createGithubAccess } from '../../lib/adapters/github/access/access.ts';
import { createGithubSourceHost } from '../../lib/adapters/github/source/source-host.ts';
import { createThreadedInspector } from '../../lib/analysis/threaded-inspector.ts';
import { createAnalysisTasks } from '../../lib/flows/component-analysis/tasks/create-analysis-tasks.ts';
import { dataFolder, envFile, githubApi } from '../../lib/runtime/local-environment.ts';
import { serveJobs } from '../../lib/runtime/serve-jobs.ts';
import { joinSourceHosts } from '../../lib/runtime/source-hosts.ts';

const environment = process.env;
const secrets = createEnvironmentSecrets({ environment, envFile: envFile(environment) });
const api = githubApi(environment);
const github = createGithubAccess({ secrets, ...api });

/** Runs in a worker thread: what `component-analysis.ts` has done off the thread that answers requests. */
serveJobs({
  ...createAnalysisTasks({
    sourceHost: joinSourceHosts({
      folder: createFolderSourceHost(dataFolder(environment)),
      github: createGithubSourceHost(github, { download: { stallMs: api.requestMs } }),
    }),
    blobs: createFolderBlobs(join(dataFolder(environment), 'blobs')),
    inspector: createThreadedInspector(),
    clock: { now: () => new Date() },
  }),
});
