import { createFolderBlobs } from '../lib/adapters/folder/blobs.ts';
import { createFolderSourceHost } from '../lib/adapters/folder/source-host.ts';
import { createThreadedInspector } from '../lib/analysis/threaded-inspector.ts';
import { componentAnalysis } from '../lib/flows/component-analysis/run.ts';
import { blobFolder } from '../lib/runtime/local-environment.ts';

/** Analyses one component of a repository, on demand. */
export const handler = componentAnalysis.handler(async () => ({
  sourceHost: createFolderSourceHost(),
  blobs: createFolderBlobs(blobFolder(process.env)),
  inspector: createThreadedInspector(),
  clock: { now: () => new Date() },
}));
