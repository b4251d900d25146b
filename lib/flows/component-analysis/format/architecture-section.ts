import type { Report } from '../../../domain/report.ts';
import type { Section } from './fit-sections.ts';
import { formatName } from './format-matter.ts';
import { formatPercent, plural } from './markdown-text.ts';

/** The architecture in two lines. */
export function architectureSection({ graph, metrics }: Report): Section {
  const { codeLines, complexity, documented, duplicated, functions } = metrics;
  const size = [
    plural(graph.modules.length, 'module'),
    plural(codeLines, 'line of code', 'lines of code'),
    plural(functions, 'function'),
  ].join(', ');
  const quality = [
    `complexity ${complexity.mean} on average and ${complexity.max} at most`,
    ...(documented === null ? [] : [`${formatPercent(documented)} of the public API documented`]),
    `${formatPercent(duplicated)} duplicated`,
  ].join(', ');
  const lines = [`- ${size}; ${quality}`, `- ${formatTies(graph)}`];
  return { head: '#### Architecture\n', lines };
}

/** Importers: that one module imports another is nothing special. */
const worthTelling = 2;

function formatTies({ cycles, modules }: Report['graph']): string {
  const [shortest] = cycles;
  const circle =
    shortest === undefined
      ? 'no import cycles'
      : `${plural(cycles.length, 'import cycle')}: ${formatCycle(shortest)}`;
  const [busiest] = modules.toSorted((a, b) => b.fanIn - a.fanIn);
  if (busiest === undefined || busiest.fanIn < worthTelling) return circle;
  const { fanIn, path } = busiest;
  return `${circle}; most imported: ${formatName(path)}, by ${plural(fanIn, 'module')}`;
}

const cycleShown = 4;

function formatCycle(cycle: readonly string[]): string {
  const shown = cycle.slice(0, cycleShown).map(formatName);
  const closed = cycle.length > shown.length ? ['…'] : [];
  return [...shown, ...closed, ...shown.slice(0, 1)].join(' → ');
}
