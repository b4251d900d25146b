import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkedBlobKey } from '../../domain/blob-key.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type { Blobs } from '../../ports/blobs.ts';

/** Values as files below `folder`, readable by their owner only. */
export function createFolderBlobs(folder: string): Blobs {
  const pathOf = (key: string) => join(folder, checkedBlobKey(key));

  return {
    put: async (key, value) => {
      const path = pathOf(key);
      const partial = `${path}.${process.pid}.${crypto.randomUUID()}.partial`;
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await writeFile(partial, value, { mode: 0o600, flush: true });
        // Readers see the old value or the new one, also after a crash between the two.
        await rename(partial, path);
      } catch (error) {
        // The first failure is the one to tell; what stays behind has a name of its own.
        await rm(partial, { force: true }).catch(() => {});
        throw storageError(error, folder);
      }
    },

    get: async (key) => {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw storageError(error, folder);
      }
    },
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function storageError(error: unknown, folder: string): UpstreamError {
  const code = codeOf(error);
  const problem =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? `The disk that holds ${folder} is full. Free some space and retry the run.`
      : `${folder} cannot be read or written (${String(code ?? error)}). Check its permissions.`;
  return new UpstreamError(problem, { service: 'blobs', retryable: true, cause: error });
}
