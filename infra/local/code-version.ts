import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const codeFolders = ['functions', 'lib'];

/**
 * A hash over all code that a run can execute: our own and, by the lockfile, everybody else's. A run is
 * replayed from its history, which fits only the code that wrote it; so this is coarse on purpose.
 */
export async function readCodeVersion(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await listCodeFiles()) {
    hash.update(file).update('\0');
    hash.update(await readFile(join(projectFolder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function listCodeFiles(): Promise<string[]> {
  const listings = codeFolders.map(async (folder) => {
    const names = await readdir(join(projectFolder, folder), { recursive: true });
    return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  });
  const files = (await Promise.all(listings)).flat();
  return ['package-lock.json', ...files].toSorted();
}
