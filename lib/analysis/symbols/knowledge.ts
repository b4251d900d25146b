import type { ManifestFile } from '../../domain/source.ts';
import type { FileFacts } from '../facts.ts';
import { parsePackageJsons } from '../manifests/package-json.ts';
import { isFolderEntry } from '../modules/file-roles.ts';
import type { ResolvedImports } from '../modules/resolved-imports.ts';
import { ClassHierarchy } from './class-hierarchy.ts';
import { packageEntries, pythonEntryNames } from './entry-points.ts';
import { libraryFolders } from './offered-names.ts';
import { ReferenceIndex } from './reference-index.ts';

export interface SymbolSource {
  /** Of the whole source: references may stand anywhere. */
  facts: readonly FileFacts[];
  resolved: ResolvedImports;
  manifests: readonly ManifestFile[];
  /** False when files that might refer to the component were not read. */
  referencesComplete: boolean;
}

/** What is known of the whole source before the first symbol is judged. */
export interface Knowledge {
  references: ReferenceIndex;
  classes: ClassHierarchy;
  /** Classes that a package hands on, and those above them: their methods are for its users. */
  offeredClasses: ReadonlySet<string>;
  /** See `packageEntries`. */
  packageEntries: ReadonlySet<string>;
  /** See `pythonEntryNames`. */
  pythonEntryNames: ReadonlySet<string>;
  /** Modules that some other module imports. */
  imported: ReadonlySet<string>;
  /** Modules of which somebody takes the default export, or everything. */
  takenWhole: ReadonlySet<string>;
  /** Modules that a package hands on as a whole: `export * from`, `from . import module`. */
  handedOn: ReadonlySet<string>;
  referencesComplete: boolean;
  /** Folders of Python packages that offer something at their door. */
  libraryFolders: readonly string[];
}

export function gatherKnowledge(source: SymbolSource): Knowledge {
  const { facts, resolved, manifests, referencesComplete } = source;
  const whole = resolved.inside.filter(
    ({ names, statement }) =>
      statement.kind === 'dynamic' || names.some(({ name }) => name === 'default' || name === '*'),
  );
  const handingOn = resolved.inside.filter(
    ({ from, names, statement }) =>
      names.some(({ name }) => name === '*') &&
      (statement.kind === 're-export' || isFolderEntry(from)),
  );
  const references = new ReferenceIndex(facts);
  const classes = new ClassHierarchy(facts, resolved.outside);
  const reExported = [...classes.names()].filter((name) => references.of(name).reExported);
  return {
    references,
    classes,
    offeredClasses: classes.withAncestors(reExported),
    packageEntries: packageEntries(parsePackageJsons(manifests)),
    pythonEntryNames: pythonEntryNames(manifests),
    imported: new Set(resolved.inside.map(({ to }) => to)),
    takenWhole: new Set(whole.map(({ to }) => to)),
    handedOn: new Set(handingOn.map(({ to }) => to)),
    referencesComplete,
    libraryFolders: libraryFolders(facts),
  };
}
