import { dirname, join } from 'node:path/posix';
import type { ManifestFile } from '../../domain/source.ts';
import type { ImportFact } from '../facts.ts';
import { PythonModuleIndex } from './python-module-index.ts';
import { isPythonStdlib } from './python-stdlib.ts';
import type { Resolution, Resolver } from './resolved-imports.ts';

/** Resolves Python imports among `paths`, the Python files of the source. */
export function createPythonResolver(
  paths: readonly string[],
  manifests: readonly ManifestFile[],
): Resolver {
  const index = new PythonModuleIndex(paths, manifests);
  return (from, statement) =>
    statement.specifier.startsWith('.')
      ? resolveRelative(index, from, statement)
      : resolveAbsolute(index, from, statement);
}

function resolveRelative(
  index: PythonModuleIndex,
  from: string,
  statement: ImportFact,
): Resolution[] {
  const dots = /^\.+/.exec(statement.specifier)?.[0].length ?? 0;
  const rest = statement.specifier.slice(dots).replaceAll('.', '/');
  const place = join(dirname(from), '../'.repeat(dots - 1), rest);
  return distribute(statement, {
    base: index.fileAt(place),
    submodule: (name) => index.fileAt(join(place, name)),
    otherwise: { origin: 'unresolved', package: statement.specifier },
  });
}

function resolveAbsolute(
  index: PythonModuleIndex,
  from: string,
  statement: ImportFact,
): Resolution[] {
  const { specifier } = statement;
  const [top = specifier] = specifier.split('.');
  const submodule = (name: string) => index.moduleFile(`${specifier}.${name}`, from);
  const base = index.moduleFile(specifier, from);
  if (isPythonStdlib(top)) {
    // A local `queue.py` hides the standard one only for scripts beside it, which is hardly ever
    // meant; a local `test/support.py` imported as `test.support` is.
    const isLocal =
      (specifier.includes('.') && base !== undefined) ||
      statement.names.some(({ name }) => submodule(name) !== undefined);
    if (!isLocal) return [{ origin: 'builtin', package: top }];
  }
  // Below a package of the source, what is missing is generated or compiled, not a library.
  const isGap = index.moduleFile(top, from) !== undefined;
  return distribute(statement, {
    base,
    submodule,
    otherwise: { origin: isGap ? 'unresolved' : 'package', package: top },
  });
}

interface Places {
  base: string | undefined;
  submodule: (name: string) => string | undefined;
  /** Where names go that lead to no file. */
  otherwise: Resolution;
}

/** `from place import a, b`: each name is a module below the place, or something defined in it. */
function distribute({ names }: ImportFact, places: Places): Resolution[] {
  const resolutions: Resolution[] = [];
  const fromBase: ImportFact['names'] = [];
  for (const name of names) {
    const path = name.name === '*' ? undefined : places.submodule(name.name);
    if (path === undefined) fromBase.push(name);
    else resolutions.push({ origin: 'module', path, names: [{ name: '*', local: name.local }] });
  }
  if (fromBase.length > 0 || names.length === 0) {
    resolutions.push(
      places.base === undefined
        ? places.otherwise
        : { origin: 'module', path: places.base, names: fromBase },
    );
  }
  return resolutions;
}
