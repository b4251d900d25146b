import { dirname, join } from 'node:path/posix';
import type { ManifestFile } from '../../domain/source.ts';

/** A file that a dotted name can mean. */
interface Candidate {
  path: string;
  /** Folder that the dotted name starts from, empty for the source's root. */
  root: string;
}

/** Folders that build tools put packages into. */
const sourceFolders = new Set(['src', 'lib', 'python']);

/** Which file each dotted module name of the source means, seen from a given file. */
export class PythonModuleIndex {
  readonly #paths: ReadonlySet<string>;
  readonly #projectFolders: ReadonlySet<string>;
  readonly #candidates = new Map<string, Candidate[]>();

  constructor(paths: readonly string[], manifests: readonly ManifestFile[]) {
    this.#paths = new Set(paths);
    this.#projectFolders = new Set(
      manifests
        .filter(({ path }) => /(^|\/)(pyproject\.toml|setup\.(py|cfg))$/.test(path))
        .map(({ path }) => folderOf(path)),
    );
    for (const path of paths) this.#addModule(path);
  }

  /** The module file at `place` (a path without extension), or the package's `__init__`. */
  fileAt(place: string): string | undefined {
    // A package beats a module of the same name, as it does in Python.
    const inFolder = (file: string) => join(place, file);
    return [inFolder('__init__.py'), `${place}.py`, `${place}.pyi`, inFolder('__init__.pyi')].find(
      (path) => this.#paths.has(path),
    );
  }

  /** The file of the module `dotted` as `from` would import it. */
  moduleFile(dotted: string, from: string): string | undefined {
    const candidates = this.#candidates.get(dotted);
    if (!candidates) return undefined;
    const near = candidates.filter(({ root }) => root === '' || from.startsWith(`${root}/`));
    if (near.length > 0) return near.reduce(nearer).path;
    // Another project of the same repository: only an unmistakable package is taken for it, since
    // a loose script anywhere may bear the name of a library.
    const [only] = candidates;
    const isPackage = dotted.includes('.') || only?.path.endsWith('/__init__.py');
    return candidates.length === 1 && isPackage ? only?.path : undefined;
  }

  #addModule(path: string): void {
    const place = path.replace(/\.pyi?$/, '').replace(/(^|\/)__init__$/, '');
    for (const root of this.#rootsOf(folderOf(path))) {
      const dotted = place.slice(root === '' ? 0 : root.length + 1).replaceAll('/', '.');
      if (dotted === '' || this.fileAt(place) !== path) continue;
      const known = this.#candidates.get(dotted);
      if (known) known.push({ root, path });
      else this.#candidates.set(dotted, [{ root, path }]);
    }
  }

  /** Folders above `folder` that an absolute import may start from. */
  #rootsOf(folder: string): Set<string> {
    const roots = new Set(['', this.#packageRoot(folder)]);
    for (let above = folder; above !== ''; above = folderOf(above)) {
      const name = above.slice(above.lastIndexOf('/') + 1);
      if (sourceFolders.has(name) || this.#projectFolders.has(above)) roots.add(above);
    }
    return roots;
  }

  /** The first folder upwards that is no package itself. */
  #packageRoot(folder: string): string {
    let root = folder;
    while (root !== '' && this.#paths.has(`${root}/__init__.py`)) root = folderOf(root);
    return root;
  }
}

/** The longer root is nearer to the importing file. */
function nearer(a: Candidate, b: Candidate): Candidate {
  return b.root.length > a.root.length ? b : a;
}

function folderOf(path: string): string {
  const folder = dirname(path);
  return folder === '.' ? '' : folder;
}
