import type { SourceFile } from '../domain/source.ts';
import { isDeclarationFile } from './modules/file-roles.ts';

/** Folders that hold what a build wrote, and nothing else. */
const formatFolders = new Set(['dist', 'out', 'esm', 'cjs', 'umd', 'bundle']);
/** Scripts that build stand in `build` too. */
const outputFolders = new Set([...formatFolders, 'build']);
/** Where sources and their compiled copies stand in trees of the same shape. */
const rootFolders = new Set([...outputFolders, 'src', 'lib', 'es', 'source', 'types']);

const extension = /(\.min)?(\.d)?\.[cm]?[jt]sx?$/;

/**
 * Paths of scripts that a build made from others of `files`: `.js`, `.cjs`, `.mjs` and `.d.ts` of a
 * TypeScript source, beside it or in a tree of the same shape; all but one format of one module; and
 * bundles with the name of a source. Whoever judges them too says everything twice.
 */
export function findBuiltCopies(files: readonly Pick<SourceFile, 'path'>[]): Set<string> {
  const scripts = files.map(({ path }) => path).filter((path) => extension.test(path));
  return new Set([
    ...compiledFromTypescript(scripts),
    ...otherFormats(scripts),
    ...bundles(scripts),
  ]);
}

/** What a build made of other files of the component is read for references, like those outside. */
export function judgedOnce(files: readonly SourceFile[]): SourceFile[] {
  const copies = findBuiltCopies(files.filter(({ inComponent }) => inComponent));
  return files.map((file) => (copies.has(file.path) ? { ...file, inComponent: false } : file));
}

/** Files in which a repeat is somebody's choice: a build and its declarations repeat the source. */
export function writtenByHand(files: readonly SourceFile[]): SourceFile[] {
  const copies = findBuiltCopies(files);
  return files.filter(
    ({ path, inComponent }) =>
      !copies.has(path) &&
      !isDeclarationFile(path) &&
      (inComponent || !isInside(path, outputFolders)),
  );
}

function compiledFromTypescript(scripts: readonly string[]): string[] {
  const families = Map.groupBy(scripts, (path) => shapeOf(path, rootFolders));
  return [...families.values()].flatMap((family) =>
    family.some((path) => !isCompiled(path)) ? family.filter(isCompiled) : [],
  );
}

function otherFormats(scripts: readonly string[]): string[] {
  const families = Map.groupBy(scripts.filter(isCompiled), (path) => shapeOf(path, formatFolders));
  return [...families.values()].flatMap((family) =>
    family
      .filter((path) => !isDeclarationFile(path))
      .toSorted((a, b) => depthOf(a) - depthOf(b))
      .slice(1),
  );
}

function bundles(scripts: readonly string[]): string[] {
  const sources = new Set(scripts.filter((path) => !isInside(path, outputFolders)).map(baseOf));
  return scripts.filter((path) => isInside(path, formatFolders) && sources.has(baseOf(path)));
}

/** JavaScript, or declarations: what compilers write. */
function isCompiled(path: string): boolean {
  return isDeclarationFile(path) || /\.[cm]?js$/.test(path);
}

/** The path without extension and without the folders that tell source and output apart. */
function shapeOf(path: string, ignored: ReadonlySet<string>): string {
  return [...foldersOf(path).filter((folder) => !ignored.has(folder)), baseOf(path)].join('/');
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(extension, '');
}

function isInside(path: string, folders: ReadonlySet<string>): boolean {
  return foldersOf(path).some((folder) => folders.has(folder));
}

function depthOf(path: string): number {
  return foldersOf(path).length;
}

function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1);
}
