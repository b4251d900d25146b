import type { ImportFact } from '../facts.ts';

/** An import statement, or the part of one, that leads to one module of the source. */
export interface ModuleImport {
  from: string;
  to: string;
  /** What is taken from `to`; `*` where the module itself is bound. */
  names: ImportFact['names'];
  statement: ImportFact;
}

/** An import statement that leads out of the source. */
export interface OutsideImport {
  from: string;
  /**
   * `unresolved`: a place inside the source where no judged file stands (JSON, CSS, generated
   * code).
   */
  origin: 'package' | 'builtin' | 'unresolved';
  /** `lodash`, `@scope/name`, `yaml`: the top-level name that is imported. */
  package: string;
  statement: ImportFact;
}

export interface ResolvedImports {
  inside: ModuleImport[];
  outside: OutsideImport[];
}

/**
 * What one language's resolver says about one statement; `from x import a, b` can lead to
 * several.
 */
export type Resolution =
  | { origin: 'module'; path: string; names: ImportFact['names'] }
  | { origin: OutsideImport['origin']; package: string };

export type Resolver = (from: string, statement: ImportFact) => Resolution[];

/** The file that a path stands for, with or without its extension, or as a folder's index. */
export type FileLookup = (place: string) => string | undefined;
