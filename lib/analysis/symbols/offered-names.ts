import type { FileFacts } from '../facts.ts';
import type { CodeSymbol } from './symbol-verdict.ts';

/** What starts a service: its package serves the service, and is no library for others. */
const serviceFile = /(^|\/)(gunicorn[\w.]*|manage|wsgi|asgi|lambda_function)\.py$/;

/**
 * Folders of Python packages whose own `__init__.py` offers names: somebody imports them from outside,
 * and may take the modules inside as well. Packages inside others do not count, nor those of a service.
 */
export function libraryFolders(facts: readonly FileFacts[]): string[] {
  const doors = facts.filter(({ path }) => /(^|\/)__init__\.py$/.test(path));
  const packages = new Set(doors.map(({ path }) => folderOf(path)));
  const services = facts.map(({ path }) => path).filter((path) => serviceFile.test(path));
  return doors
    .filter(({ exports, imports }) => exports.length > 0 || imports.some(isOwn))
    .map(({ path }) => folderOf(path))
    .filter((folder) => !packages.has(folderOf(folder)))
    .filter((folder) => services.every((path) => isInside(path, folder)));
}

/** Public by every name on the way to it, in a library: its users may well be somewhere else. */
export function isPublicInLibrary(
  { definition, file }: CodeSymbol,
  folders: readonly string[],
): boolean {
  if (/(^|[./])_/.test(`${file.path}/${definition.qualifiedName}`)) return false;
  return folders.some((folder) => isInside(file.path, folder));
}

function isOwn({ specifier, names }: FileFacts['imports'][number]): boolean {
  return specifier.startsWith('.') && names.length > 0;
}

function isInside(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}
