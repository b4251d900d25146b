import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/**
 * Where a program is, as a shell would find it; undefined where there is none that may be executed.
 * @param name a relative path is meant from where the host runs
 * @returns an absolute path: it names the same program in a clone, where a relative one could name one of the clone's
 */
export function findProgram(name: string, path: string | undefined): string | undefined {
  const places = name.includes('/')
    ? [resolve(name)]
    : absoluteFolders(path).map((folder) => join(folder, name));
  return places.find(isProgram);
}

/**
 * A PATH without entries that depend on where a process runs, the empty one among them: in a clone these lead to
 * programs of the clone.
 */
export function fixedPath(path: string | undefined): string {
  return absoluteFolders(path).join(delimiter);
}

/** Without what npm puts in front of it for commands of its own project: an agent works on another one. */
function absoluteFolders(path: string | undefined): string[] {
  return (path ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !folder.endsWith(join('node_modules', '.bin')));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
