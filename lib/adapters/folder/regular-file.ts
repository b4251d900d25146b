import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Reads a file that a stranger may have put there: never through a symbolic link, never a pipe or device
 * (which could block for ever), never more than `maxBytes`.
 * @returns null when there is no such regular file, or it is larger
 * @throws when the file is there and cannot be read
 */
export async function readRegularFile(path: string, maxBytes = Infinity): Promise<Buffer | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ELOOP') return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const found = await file.stat();
    return found.isFile() && found.size <= maxBytes ? await file.readFile() : null;
  } finally {
    await file.close();
  }
}
