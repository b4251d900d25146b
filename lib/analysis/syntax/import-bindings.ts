import type { ImportFact } from '../facts.ts';

/** What local names of a file stand for: `r` for `requests`, `get` for `requests.get`. */
export type ImportBindings = ReadonlyMap<string, string>;

export function bindImports(imports: readonly ImportFact[]): ImportBindings {
  const bindings = new Map<string, string>();
  for (const { specifier, names } of imports) {
    for (const { name, local } of names) {
      if (local !== '*') bindings.set(local, boundPath(specifier, name, local));
    }
  }
  return bindings;
}

function boundPath(specifier: string, name: string, local: string): string {
  // Python's `import a.b` binds `a` alone, and the code goes on to say `a.b` itself.
  if (name === '*' && specifier.startsWith(`${local}.`)) return local;
  if (name === '*' || name === 'default') return specifier;
  return specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`;
}

/** `r.get` becomes `requests.get`; a name that no import binds stays as it is. */
export function resolveName(dotted: string, bindings: ImportBindings): string {
  const end = dotted.search(/[.([]/);
  const root = end === -1 ? dotted : dotted.slice(0, end);
  const bound = bindings.get(root);
  return bound === undefined ? dotted : bound + dotted.slice(root.length);
}
