import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface ImportGraph {
  /** Own modules, by their paths from the project's root. */
  modules: Set<string>;
  /** Packages and modules of Node. */
  outside: Set<string>;
}

/** Imports of types alone are gone at run time. */
const atStart = /^(?:import|export)\s+(?!type\s)(?:[\w\s{},*]*\sfrom\s+)?'([^'\n]+)'/gm;
const onCall = /\bimport\('([^'\n]+)'/g;

/** Everything that a module loads at run time. */
export function importGraphOf(file: string): ImportGraph {
  return graphOf(file, [atStart, onCall]);
}

/** What a module loads before anything of it is called. */
export function startGraphOf(file: string): ImportGraph {
  return graphOf(file, [atStart]);
}

function graphOf(file: string, imports: readonly RegExp[]): ImportGraph {
  const graph: ImportGraph = { modules: new Set(), outside: new Set() };
  walk(file, imports, graph);
  return graph;
}

function walk(file: string, imports: readonly RegExp[], graph: ImportGraph): void {
  graph.modules.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, specifier = ''] of imports.flatMap((form) => [...code.matchAll(form)])) {
    if (!specifier.startsWith('.')) {
      graph.outside.add(specifier);
      continue;
    }
    const next = normalize(join(dirname(file), specifier));
    if (!graph.modules.has(next)) walk(next, imports, graph);
  }
}
