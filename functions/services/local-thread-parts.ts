import { join } from 'node:path';
import { createEnvironmentSecrets } from '../../lib/adapters/environment/secret-store.ts';
import { createFolderBlobs } from '../../lib/adapters/folder/blobs.ts';
import { createFolderSourceHost } from '../../lib/adapters/folder/source-host.ts';
import { dataFolder, envFile } from '../../lib/runtime/local-environment.ts';
import type { ThreadParts } from './thread-services.ts';

/** In a process of the local host. */
export function localThreadParts(): ThreadParts {
  const environment = process.env;
  const data = dataFolder(environment);
  return {
    blobs: createFolderBlobs(join(data, 'blobs')),
    folders: createFolderSourceHost(data),
    secrets: createEnvironmentSecrets({ environment, envFile: envFile(environment) }),
  };
}
