import type { ModuleGraph } from '../../domain/report.ts';
import type { FileFacts } from '../facts.ts';
import type { ModuleImport, ResolvedImports } from '../modules/resolved-imports.ts';
import type { Hit } from '../rule.ts';
import { checkCoupling } from './coupling-checks.ts';
import { findImportCycles, type ImportCycle } from './import-cycles.ts';
import { edgesOf, loadTimeImports, neighboursOf, toModule } from './module-graph.ts';
import { checkPrivateImports } from './private-imports.ts';
import { publicInterface } from './public-interface.ts';
import { checkSizes } from './size-checks.ts';

/**
 * The component's module graph, and what is doubtful about it. Takes time linear in files and
 * imports.
 */
export function analyseArchitecture(source: {
  /** Of the whole source: the rest counts as users and as used. */
  facts: readonly FileFacts[];
  resolved: ResolvedImports;
}): { graph: ModuleGraph; hits: Hit[] } {
  const { facts, resolved } = source;
  const component = facts.filter(({ inComponent }) => inComponent);
  const paths = new Set(component.map(({ path }) => path));
  const neighbours = neighboursOf(resolved.inside);
  const modules = component.map((file) => toModule(file, neighbours));
  const cycles = findImportCycles(loadTimeImports(resolved.inside), paths);
  return {
    graph: {
      modules,
      edges: edgesOf(resolved.inside, paths),
      cycles: cycles.map((cycle) => cycle.modules),
      publicInterface: publicInterface(facts, resolved.inside),
    },
    hits: [
      ...cycles.map((cycle) => toCycleHit(cycle, resolved.inside, paths)),
      ...checkCoupling(modules, resolved.inside),
      ...checkPrivateImports(resolved, paths),
      ...component.flatMap(checkSizes),
    ],
  };
}

/**
 * Stands at the import that closes the cycle, or at the last one before it inside the component.
 */
function toCycleHit(
  { modules, tangle }: ImportCycle,
  imports: readonly ModuleImport[],
  inComponent: ReadonlySet<string>,
): Hit {
  const from = modules.findLast((path) => inComponent.has(path)) ?? '';
  const to = modules[(modules.lastIndexOf(from) + 1) % modules.length];
  const closing = imports.find(
    (one) => one.from === from && one.to === to && one.statement.kind !== 'type-only',
  );
  const walk = [...modules, modules[0]].map((path) => `\`${path}\``).join(' → ');
  const others = tangle > modules.length ? ` ${tangle} modules are tied together this way.` : '';
  return {
    rule: 'import-cycle',
    path: from,
    line: closing?.statement.line ?? 1,
    message: `The modules import each other in a circle: ${walk}.${others}`,
  };
}
