import { dirname } from 'node:path/posix';
import type { IntegrationPoint } from '../../domain/report.ts';
import type { ManifestFile } from '../../domain/source.ts';
import type { FileFacts } from '../facts.ts';
import { type Declaration, DeclaredDependencies } from '../manifests/declared-dependencies.ts';
import type { OutsideImport } from '../modules/resolved-imports.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';

/** A third-party library that the component imports. */
export interface Library {
  name: string;
  imports: OutsideImport[];
  /** Where its version is declared; undefined when nowhere. */
  declaration: Declaration | undefined;
  /** The first import that ought to be declared, if the library is not. */
  undeclaredAt: OutsideImport | undefined;
}

/** Libraries of the component by name. The same name in two languages is two libraries. */
export function findLibraries(
  outside: readonly OutsideImport[],
  component: readonly FileFacts[],
  manifests: readonly ManifestFile[],
): Library[] {
  const languages = new Map(component.map(({ path, language }) => [path, language]));
  const declared = new DeclaredDependencies(manifests);
  const libraries = new Map<string, Library>();
  for (const one of outside) {
    const language = languages.get(one.from);
    if (one.origin !== 'package' || language === undefined) continue;
    const ecosystem = language === 'python' ? 'python' : 'node';
    const key = `${ecosystem}\n${one.package}`;
    const declaration = declared.find(ecosystem, one.package, dirname(one.from));
    const library = libraries.get(key) ?? {
      name: one.package,
      imports: [],
      declaration: undefined,
      undeclaredAt: undefined,
    };
    libraries.set(key, library);
    library.imports.push(one);
    library.declaration ??= declaration;
    if (!declaration && declared.knows(ecosystem, dirname(one.from)) && mustBeDeclared(one)) {
      library.undeclaredAt ??= one;
    }
  }
  return [...libraries.values()];
}

/** A test, a type or an import that the code can do without may come from elsewhere. */
function mustBeDeclared({ from, package: name, statement }: OutsideImport): boolean {
  if (alwaysThere.has(name) || isTestPath(from)) return false;
  return statement.kind !== 'type-only' && !statement.deferred;
}

/** What every environment of its kind brings along, so that projects do not declare it. */
const alwaysThere = new Set(['setuptools', 'pkg_resources', 'pip', 'wheel', 'vscode']);

/** One point for the whole component: in each file it would say the same. */
export function toLibraryPoint({ name, imports, declaration }: Library): IntegrationPoint {
  const places = [...new Set(imports.map(({ from, statement }) => `${from}:${statement.line}`))];
  const [first] = imports;
  return {
    kind: 'library',
    name,
    detail: declaration?.version ?? null,
    path: first?.from ?? '',
    line: first?.statement.line ?? 1,
    alsoAt: places.slice(1),
    errorHandling: null,
    timeout: null,
  };
}

/** @param manifests of the whole source; a version is missing there rather than at an import */
export function checkLibraries(
  libraries: readonly Library[],
  manifests: readonly ManifestFile[],
): Hit[] {
  return libraries.flatMap(({ name, imports, declaration, undeclaredAt }) => {
    const place = undeclaredAt ?? imports.find(({ from }) => !isTestPath(from));
    if (!place) return [];
    const at = { path: place.from, line: place.statement.line, symbol: name };
    if (undeclaredAt) {
      const message = `\`${name}\` is imported, but no manifest of the source declares it.`;
      return [{ rule: 'undeclared-dependency', ...at, message }];
    }
    if (declaration && declaration.version === null) {
      const message = `\`${name}\` is declared in ${declaration.manifest} without any version.`;
      const declared = placeInManifest(declaration, manifests);
      return [{ rule: 'unpinned-dependency', ...at, ...declared, message }];
    }
    return [];
  });
}

/** Nothing for a manifest outside the component: a finding has to stand inside. */
function placeInManifest(
  { manifest, name }: Declaration,
  manifests: readonly ManifestFile[],
): { path: string; line: number } | undefined {
  const file = manifests.find(({ inComponent, path }) => inComponent && path === manifest);
  if (file === undefined) return undefined;
  const lines = file.text.split('\n');
  const index = lines.findIndex((line) => line.includes(name));
  return { path: manifest, line: Math.max(0, index) + 1 };
}
