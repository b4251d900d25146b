import type { Module, ModuleGraph, Report } from '../../../domain/report.ts';
import { code, formatPercent, plural, table } from './markdown-text.ts';

const modulesShown = 12;
const namesShown = 15;
const cyclesShown = 10;

/** The component's shape: figures, cycles, its busiest modules, what it offers to the rest. */
export function formatArchitecture({ graph, metrics }: Report): string {
  const { classes, codeLines, complexity, documented, duplicated, functions } = metrics;
  const figures = [
    plural(codeLines, 'line of code', 'lines of code'),
    plural(functions, 'function'),
    plural(classes, 'class', 'classes'),
    `complexity ${complexity.mean} on average, ${complexity.p90} at the 90th percentile, ${complexity.max} at most`,
    ...(documented === null ? [] : [`${formatPercent(documented)} of the public API documented`]),
    `${formatPercent(duplicated)} duplicated`,
  ];
  const sections = [
    `## Shape\n\n${figures.join(' · ')}`,
    formatCycles(graph),
    formatModules(graph),
    formatInterface(graph),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function formatCycles({ cycles }: ModuleGraph): string {
  if (cycles.length === 0) return '';
  const lines = cycles
    .slice(0, cyclesShown)
    .map((cycle) => `- ${[...cycle, ...cycle.slice(0, 1)].map(code).join(' → ')}`);
  const hidden = cycles.length - lines.length;
  const more = hidden > 0 ? [`- and ${plural(hidden, 'more', 'more')}`] : [];
  return ['### Import cycles', '', ...lines, ...more].join('\n');
}

function traffic({ fanIn, fanOut }: Module): number {
  return fanIn + fanOut;
}

function formatModules({ modules }: ModuleGraph): string {
  if (modules.length === 0) return '';
  const busiest = modules.toSorted((a, b) => traffic(b) - traffic(a)).slice(0, modulesShown);
  const rows = busiest.map(({ fanIn, fanOut, instability, lines, maxComplexity, path }) => [
    code(path),
    lines,
    fanIn,
    fanOut,
    instability === null ? '–' : instability.toFixed(2),
    maxComplexity,
  ]);
  const head = ['Module', 'Lines', 'Imported by', 'Imports', 'Instability', 'Highest complexity'];
  const shown =
    modules.length > rows.length ? ` (the busiest ${rows.length} of ${modules.length})` : '';
  return `### Modules${shown}\n\n${table(head, rows)}`;
}

function formatInterface({ publicInterface }: ModuleGraph): string {
  const used = publicInterface.filter(({ usedBy }) => usedBy > 0);
  if (used.length === 0) return '';
  const rows = used
    .toSorted((a, b) => b.usedBy - a.usedBy)
    .slice(0, namesShown)
    .map(({ kind, line, name, path, usedBy }) => [
      code(name),
      kind,
      code(`${path}:${line}`),
      usedBy,
    ]);
  return [
    '### Public interface',
    '',
    `${plural(used.length, 'name is', 'names are')} used from outside the component` +
      (used.length > rows.length ? `; the ${rows.length} most used:` : ':'),
    '',
    table(['Name', 'Kind', 'Defined at', 'Used by modules'], rows),
  ].join('\n');
}
