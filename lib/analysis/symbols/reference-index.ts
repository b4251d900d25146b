import type { FileFacts } from '../facts.ts';
import { isFolderEntry } from '../modules/file-roles.ts';
import { isTestPath } from '../test-paths.ts';

/**
 * Where a name is mentioned in the whole source. Names are not told apart by scope: a `load` is a
 * `load`.
 */
export interface References {
  /** Times that code reads the name, tests left out. */
  product: number;
  tests: number;
  /** A module hands it on to others: `export { x } from`, or an import in `__init__.py`. */
  reExported: boolean;
  /** A string spells it in code that looks names up at run time. */
  lookedUp: boolean;
  /** Some string spells it. */
  spelled: boolean;
}

/** Functions by which code reaches names that it does not spell as identifiers. */
const lookups = [
  'getattr',
  'attrgetter',
  'methodcaller',
  'globals',
  'locals',
  'vars',
  'eval',
  'exec',
  'import_module',
  '__import__',
  'import_string',
  '__dict__',
  'getmembers',
];

/** Counts mentions over all files once; every question afterwards is a look-up. */
export class ReferenceIndex {
  readonly #byName = new Map<string, References>();
  readonly #prefixes = new Set<string>();

  constructor(facts: readonly FileFacts[]) {
    for (const file of facts) {
      this.#addReads(file);
      this.#addImports(file);
      this.#addStrings(file);
    }
  }

  of(name: string): References {
    return this.#byName.get(name) ?? noReferences();
  }

  /**
   * Code makes names like this one by joining: `getattr(self, 'visit_' + kind)`. Any string may
   * be the beginning in the file that defines the name, elsewhere only one that looks like it.
   */
  isDispatched(name: string, file: FileFacts): boolean {
    const own = usesLookups(file) ? file.stringWords : [];
    return prefixesOf(name).some((prefix) => this.#prefixes.has(prefix) || own.includes(prefix));
  }

  #addReads(file: FileFacts): void {
    const side = isTestPath(file.path) ? 'tests' : 'product';
    for (const [name, count] of Object.entries(file.identifiers)) this.#entry(name)[side] += count;
  }

  #addImports(file: FileFacts): void {
    const side = isTestPath(file.path) ? 'tests' : 'product';
    for (const { names, kind } of file.imports) {
      for (const { name, local } of names) {
        const entry = this.#entry(name);
        if (kind === 're-export' || isFolderEntry(file.path)) entry.reExported = true;
        // Read under another name: the reads of its own name are counted already.
        else if (name !== local && Object.hasOwn(file.identifiers, local)) entry[side] += 1;
      }
    }
  }

  #addStrings(file: FileFacts): void {
    const looksUp = usesLookups(file);
    for (const word of file.stringWords) {
      const entry = this.#entry(word);
      entry.spelled = true;
      if (looksUp) entry.lookedUp = true;
      if (looksUp && isPrefix(word)) this.#prefixes.add(word);
    }
  }

  #entry(name: string): References {
    const known = this.#byName.get(name);
    if (known) return known;
    const entry = noReferences();
    this.#byName.set(name, entry);
    return entry;
  }
}

/** JavaScript needs no function for it: `handlers[name]()` may stand anywhere. */
export function usesLookups(file: FileFacts): boolean {
  return (
    file.language !== 'python' || lookups.some((name) => Object.hasOwn(file.identifiers, name))
  );
}

function isPrefix(word: string): boolean {
  return word.endsWith('_') || /^(on|handle|visit|do)$/i.test(word);
}

/** `visit_`, `visit_call_` and `visit` for `visit_call_node`; `handle` for `handleClick`. */
function prefixesOf(name: string): string[] {
  return [...name.matchAll(/_|(?<=[a-z])(?=[A-Z])/g)].map((match) =>
    name.slice(0, match.index + match[0].length),
  );
}

function noReferences(): References {
  return { product: 0, tests: 0, reExported: false, lookedUp: false, spelled: false };
}
