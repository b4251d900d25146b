import { join } from 'node:path/posix';
import { type PackageJson, targetsOf } from '../manifests/package-json.ts';
import type { FileLookup } from './resolved-imports.ts';

/**
 * Finds files behind names that package.json files of the source give: packages of the same
 * repository by their name, and a package's own `imports` (`#name`).
 */
export function createWorkspaceResolver(
  packages: readonly PackageJson[],
  fileAt: FileLookup,
): (from: string, specifier: string) => string | undefined {
  const byName = new Map(packages.flatMap((one) => (one.name ? [[one.name, one]] : [])));
  const deepestFirst = packages.toSorted((a, b) => b.folder.length - a.folder.length);

  return (from, specifier) => {
    if (specifier.startsWith('#')) {
      const owner = deepestFirst.find(
        ({ folder }) => folder === '.' || from.startsWith(`${folder}/`),
      );
      return owner && firstFile(owner, matchEntry(owner.imports, specifier), fileAt);
    }
    const name = packageNameOf(specifier);
    const target = byName.get(name);
    return target && fileOfPackage(target, specifier.slice(name.length + 1), fileAt);
  };
}

/** `@scope/name/sub` → `@scope/name`; `lodash/fp` → `lodash`. */
export function packageNameOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** `subpath` is empty for the package itself. */
function fileOfPackage(one: PackageJson, subpath: string, fileAt: FileLookup): string | undefined {
  const key = subpath === '' ? '.' : `./${subpath}`;
  const declared =
    subpath === ''
      ? [...rootTargets(one.exports), one.module, one.main, one.types]
      : matchEntry(asEntries(one.exports), key);
  const usual = subpath === '' ? ['src/index', 'index', 'src/main'] : [subpath, `src/${subpath}`];
  return firstFile(one, [...declared, ...usual], fileAt);
}

function rootTargets(exports: unknown): string[] {
  const entries = asEntries(exports);
  const keys = Object.keys(entries);
  const isMap = keys.some((key) => key.startsWith('.'));
  return targetsOf(isMap ? entries['.'] : exports);
}

/** Targets of the entry for `key`, a `*` in the entry's key filled in. */
function matchEntry(entries: Record<string, unknown>, key: string): string[] {
  if (key in entries) return targetsOf(entries[key]);
  for (const [pattern, value] of Object.entries(entries)) {
    const [start = '', end] = pattern.split('*');
    if (end === undefined || !key.startsWith(start) || !key.endsWith(end)) continue;
    const middle = key.slice(start.length, key.length - end.length);
    return targetsOf(value).map((target) => target.replaceAll('*', () => middle));
  }
  return [];
}

function firstFile(
  { folder }: PackageJson,
  targets: readonly (string | undefined)[],
  fileAt: FileLookup,
): string | undefined {
  for (const target of targets) {
    if (target === undefined) continue;
    const place = join(folder, target);
    // Entries name what the build makes; the source is read before any build.
    const path = fileAt(place) ?? fileAt(place.replace(/(^|\/)(dist|build|out|lib)\//, '$1src/'));
    if (path !== undefined) return path;
  }
  return undefined;
}

function asEntries(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
