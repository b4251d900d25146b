import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where a program is, as a shell would find it; undefined where there is none that may be executed. */
export function findProgram(name: string, path: string | undefined): string | undefined {
  const places = name.includes('/')
    ? [resolve(name)]
    : (path ?? '')
        .split(delimiter)
        .flatMap((folder) => (folder === '' ? [] : [join(folder, name)]));
  return places.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
