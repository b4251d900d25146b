import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path/posix';
import type { ManifestFile } from '../../domain/source.ts';
import { parsePackageJsons } from '../manifests/package-json.ts';
import { parsePathMappings, type PathMapping } from '../manifests/tsconfig.ts';
import type { FileLookup, Resolution, Resolver } from './resolved-imports.ts';
import { createWorkspaceResolver, packageNameOf } from './workspace-packages.ts';

const extensions = ['.ts', '.tsx', '.d.ts', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** What an extension of compiled code stands for in the source. */
const sourceExtensions: Record<string, string[]> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** Resolves imports of TypeScript and JavaScript among `paths`, the source's files in them. */
export function createScriptResolver(
  paths: readonly string[],
  manifests: readonly ManifestFile[],
): Resolver {
  const files = new Set(paths);
  const fileAt: FileLookup = (place) => placesFor(place).find((path) => files.has(path));
  const mappings = parsePathMappings(manifests).toSorted(
    (a, b) => b.folder.length - a.folder.length,
  );
  const workspace = createWorkspaceResolver(parsePackageJsons(manifests), fileAt);

  return (from, { specifier: written, names }) => {
    const specifier = written.replace(/[?].*$/, '');
    const path = specifier.startsWith('.')
      ? fileAt(join(dirname(from), specifier))
      : (mappedFile(specifier, nearestMapping(from, mappings), fileAt) ??
        workspace(from, specifier));
    return [path === undefined ? outsideOf(specifier) : { origin: 'module', path, names }];
  };
}

function placesFor(place: string): string[] {
  const extension = /\.[mc]?jsx?$/.exec(place)?.[0] ?? '';
  const bare = extension === '' ? place : place.slice(0, -extension.length);
  return [
    place,
    ...(sourceExtensions[extension] ?? []).map((other) => bare + other),
    ...extensions.map((other) => place + other),
    ...extensions.map((other) => join(place, `index${other}`)),
  ];
}

function nearestMapping(from: string, mappings: readonly PathMapping[]): PathMapping | undefined {
  return mappings.find(({ folder }) => folder === '.' || from.startsWith(`${folder}/`));
}

function mappedFile(
  specifier: string,
  mapping: PathMapping | undefined,
  fileAt: FileLookup,
): string | undefined {
  if (!mapping) return undefined;
  for (const { pattern, targets } of mapping.paths) {
    const [start = '', end] = pattern.split('*');
    const matches =
      end === undefined
        ? specifier === pattern
        : specifier.startsWith(start) && specifier.endsWith(end);
    if (!matches) continue;
    const middle = specifier.slice(start.length, specifier.length - (end?.length ?? 0));
    for (const target of targets) {
      const path = fileAt(target.replace('*', () => middle));
      if (path !== undefined) return path;
    }
  }
  return mapping.baseUrl === null ? undefined : fileAt(join(mapping.baseUrl, specifier));
}

function outsideOf(specifier: string): Resolution {
  // `#x` and `@/x`, `~/x` are names of the project's own, set up where we cannot look.
  if (/^([./#~]|@\/)/.test(specifier)) return { origin: 'unresolved', package: specifier };
  // Every scheme (`node:`, `bun:`, `https:`, `virtual:`) is served by the runtime or the bundler.
  if (isBuiltin(specifier) || /^[a-z][a-z-]*:/.test(specifier)) {
    return { origin: 'builtin', package: specifier.split('/')[0] ?? specifier };
  }
  return { origin: 'package', package: packageNameOf(specifier) };
}
