import { dirname } from 'node:path/posix';
import type { ManifestFile } from '../../domain/source.ts';
import { parsePackageJsons } from './package-json.ts';
import { parsePythonManifest } from './python-dependencies.ts';
import { distributionsOf, normalisedName } from './python-distributions.ts';

export type Ecosystem = 'python' | 'node';

export interface Declaration {
  /** Path of the file that declares it. */
  manifest: string;
  /** As written there: the distribution `PyYAML` of the module `yaml`. */
  name: string;
  /** Versions as declared, `^4.17.0`; null when any will do. */
  version: string | null;
}

/** The dependencies of one manifest; they hold for its folder and what is below. */
interface Scope {
  folder: string;
  ecosystem: Ecosystem;
  declarations: Map<string, Declaration>;
  /** More may be declared in ways that cannot be read (code in setup.py, `dynamic`). */
  open: boolean;
}

/** What the manifests of a source declare, looked up from the folder that imports. */
export class DeclaredDependencies {
  readonly #scopes: Scope[];
  readonly #byFolder = new Map<string, Scope[]>();

  constructor(manifests: readonly ManifestFile[]) {
    this.#scopes = [...nodeScopes(manifests), ...pythonScopes(manifests)];
  }

  /** Whether a name that is not found in `folder` is surely undeclared. */
  knows(ecosystem: Ecosystem, folder: string): boolean {
    const scopes = this.#scopesFor(ecosystem, folder);
    return scopes.some(({ declarations }) => declarations.size > 0) && !scopes.some((s) => s.open);
  }

  /** @param name as imported: `lodash`, `yaml` */
  find(ecosystem: Ecosystem, name: string, folder: string): Declaration | undefined {
    const wanted = ecosystem === 'python' ? distributionsOf(name) : [name, typesPackage(name)];
    for (const { declarations } of this.#scopesFor(ecosystem, folder)) {
      const found = wanted.map((one) => declarations.get(one)).find((one) => one !== undefined);
      if (found) return found;
    }
    return undefined;
  }

  #scopesFor(ecosystem: Ecosystem, folder: string): Scope[] {
    const key = `${ecosystem} ${folder}`;
    const known = this.#byFolder.get(key);
    if (known) return known;
    // Python has no nesting of projects: one environment often serves several requirements files.
    const scopes = this.#scopes
      .filter((scope) => scope.ecosystem === ecosystem)
      .filter((scope) => ecosystem === 'python' || isAbove(scope.folder, folder))
      .toSorted((a, b) => Number(isAbove(b.folder, folder)) - Number(isAbove(a.folder, folder)));
    this.#byFolder.set(key, scopes);
    return scopes;
  }
}

function nodeScopes(manifests: readonly ManifestFile[]): Scope[] {
  return parsePackageJsons(manifests).map((one) => {
    const versions = Object.entries({
      ...one.peerDependencies,
      ...one.devDependencies,
      ...one.optionalDependencies,
      ...one.dependencies,
    });
    const declarations = new Map(
      versions.map(([name, version]) => [
        name,
        { manifest: one.path, name, version: isAny(version) ? null : version },
      ]),
    );
    // A package may import itself by its own name.
    const { name: own, path: manifest } = one;
    if (own) declarations.set(own, { manifest, name: own, version: 'itself' });
    return { folder: one.folder, ecosystem: 'node', declarations, open: false };
  });
}

function pythonScopes(manifests: readonly ManifestFile[]): Scope[] {
  return manifests.flatMap((manifest) => {
    const parsed = parsePythonManifest(manifest);
    if (!parsed) return [];
    const declarations = new Map(
      parsed.dependencies.map(({ name, version }) => [
        normalisedName(name),
        { manifest: manifest.path, name, version: isAny(version) ? null : version },
      ]),
    );
    return [
      { folder: dirname(manifest.path), ecosystem: 'python', declarations, open: parsed.open },
    ];
  });
}

function isAny(version: string): boolean {
  return version === '' || version === '*' || version === 'latest' || version === 'x';
}

function typesPackage(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

function isAbove(outer: string, inner: string): boolean {
  return outer === '.' || inner === outer || inner.startsWith(`${outer}/`);
}
