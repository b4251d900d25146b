import picomatch from 'picomatch';
import { RequestRejectedError } from '../../domain/errors.ts';

export interface ComponentPaths {
  /** A file of the component. */
  includes(path: string): boolean;
  /** A file or folder that lies where files of the component could be. */
  reaches(path: string): boolean;
}

/** `./lib/` and `lib` both mean the file `lib` or everything below the folder. */
function normalise(glob: string): string[] {
  const trimmed = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  if (trimmed === '' || trimmed.startsWith('/') || trimmed.split('/').includes('..')) {
    throw new RequestRejectedError(
      'invalid',
      `The path "${glob}" does not lie inside the source. Give globs relative to its root: lib/**/*.ts`,
    );
  }
  if (trimmed === '.') return ['**'];
  return picomatch.scan(trimmed).isGlob ? [trimmed] : [trimmed, `${trimmed}/**`];
}

/**
 * @param globs relative to the source's root; a folder's name stands for all files below it
 * @throws RequestRejectedError for a path that leaves the source
 */
export function componentPaths(globs: readonly string[]): ComponentPaths {
  const patterns = globs.flatMap(normalise);
  const includes = picomatch(patterns, { dot: true });
  const bases = patterns.map((pattern) => picomatch.scan(pattern).base);
  return {
    includes: (path) => includes(path),
    reaches: (path) => bases.some((base) => base === '' || `${path}/`.startsWith(`${base}/`)),
  };
}
