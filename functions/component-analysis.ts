import { join } from 'node:path';
import { createFolderBlobs } from '../lib/adapters/folder/blobs.ts';
import { createFolderSourceHost } from '../lib/adapters/folder/source-host.ts';
import { createThreadedInspector } from '../lib/analysis/threaded-inspector.ts';
import { componentAnalysis } from '../lib/flows/component-analysis/run.ts';
import { dataFolder } from '../lib/runtime/local-environment.ts';

/** Analyses one component of a repository, on demand. */
export const handler = componentAnalysis.handler(async () => ({
  sourceHost: createFolderSourceHost(dataFolder(process.env)),
  blobs: createFolderBlobs(join(dataFolder(process.env), 'blobs')),
  inspector: createThreadedInspector(),
  clock: { now: () => new Date() },
}));
