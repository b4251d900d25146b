import type { Module, ModuleGraph } from '../../domain/report.ts';
import type { FileFacts } from '../facts.ts';
import { isDeclarationFile } from '../modules/file-roles.ts';
import type { ModuleImport } from '../modules/resolved-imports.ts';

/**
 * Who imports whom in the whole source: a pair of modules is one neighbour, however often it
 * imports.
 */
export interface Neighbours {
  /** Modules that each module imports. */
  imports: ReadonlyMap<string, ReadonlySet<string>>;
  /** Modules that import each module. */
  importedBy: ReadonlyMap<string, ReadonlySet<string>>;
}

export function neighboursOf(imports: readonly ModuleImport[]): Neighbours {
  const forward = new Map<string, Set<string>>();
  const backward = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    addTo(forward, from, to);
    addTo(backward, to, from);
  }
  return { imports: forward, importedBy: backward };
}

/** Imports that run when the module is loaded: only these can close a cycle at run time. */
export function loadTimeImports(imports: readonly ModuleImport[]): Map<string, string[]> {
  const successors = new Map<string, Set<string>>();
  for (const { from, to, statement } of imports) {
    const runs = statement.kind === 'static' || statement.kind === 're-export';
    if (runs && !statement.deferred && !isDeclarationFile(from)) addTo(successors, from, to);
  }
  return new Map([...successors].map(([from, to]) => [from, [...to]]));
}

/** Edges with an end in the component, each pair of modules once. */
export function edgesOf(
  imports: readonly ModuleImport[],
  inComponent: ReadonlySet<string>,
): ModuleGraph['edges'] {
  const edges = new Map<string, ModuleGraph['edges'][number]>();
  for (const { from, to, statement } of imports) {
    if (!inComponent.has(from) && !inComponent.has(to)) continue;
    const typeOnly = statement.kind === 'type-only';
    // A path never holds a line break, so the pair is unmistakable.
    const key = `${from}\n${to}`;
    const known = edges.get(key);
    if (!known) edges.set(key, { from, to, typeOnly });
    else if (!typeOnly) known.typeOnly = false;
  }
  return [...edges.values()];
}

/** The module of a report that `facts` and its neighbours make. */
export function toModule(facts: FileFacts, { imports, importedBy }: Neighbours): Module {
  const fanIn = importedBy.get(facts.path)?.size ?? 0;
  const fanOut = imports.get(facts.path)?.size ?? 0;
  const functions = facts.definitions.filter(
    ({ kind }) => kind === 'function' || kind === 'method',
  );
  return {
    path: facts.path,
    language: facts.language,
    lines: facts.lines,
    fanIn,
    fanOut,
    instability: fanIn + fanOut === 0 ? null : fanOut / (fanIn + fanOut),
    exports: facts.exports.length,
    functions: functions.length,
    maxComplexity: functions.reduce((max, { complexity }) => Math.max(max, complexity), 0),
  };
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}
