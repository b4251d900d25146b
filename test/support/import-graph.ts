import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface ImportGraph {
  /** Own modules, by their paths from the project's root. */
  modules: Set<string>;
  /** Packages and modules of Node. */
  outside: Set<string>;
}

/** Imports of types alone are gone at run time. */
const imported =
  /^(?:import|export)\s+(?!type\s)(?:[\w\s{},*]*\sfrom\s+)?'([^'\n]+)'|\bimport\('([^'\n]+)'/gm;

/** Everything that a module loads at run time. */
export function importGraphOf(file: string): ImportGraph {
  const graph: ImportGraph = { modules: new Set(), outside: new Set() };
  walk(file, graph);
  return graph;
}

function walk(file: string, graph: ImportGraph): void {
  graph.modules.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, written, dynamic] of code.matchAll(imported)) {
    const specifier = written ?? dynamic ?? '';
    if (!specifier.startsWith('.')) {
      graph.outside.add(specifier);
      continue;
    }
    const next = normalize(join(dirname(file), specifier));
    if (!graph.modules.has(next)) walk(next, graph);
  }
}
