import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './project-folder.ts';

/** The folder of a package that npm has installed; undefined where it has not. */
export function installedPackage(name: string): string | undefined {
  const folder = join(projectFolder, 'node_modules', name);
  return existsSync(join(folder, 'package.json')) ? folder : undefined;
}
