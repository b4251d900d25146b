import { isCriticised } from '../../count-change.ts';
import type { Category } from '../../finding.ts';
import type { IntegrationPoint, Module } from '../../report.ts';
import {
  cycleLine,
  findingLine,
  moduleLine,
  pointLine,
  tellingFindings,
} from './evidence-lines.ts';
import type { EvidenceSection } from './fit-evidence.ts';
import type { ComponentFile, PromptRequest } from './prompt-request.ts';

/** More than these would be too much to read, whatever room there is. */
const filesShown = 150;
const findingsShown = 60;
const modulesShown = 40;
const cyclesShown = 15;
const namesShown = 25;
const pointsShown = 80;

/** What is known already, the most telling first in each section. */
export function gatherEvidence(request: PromptRequest): EvidenceSection[] {
  const sections = [
    ...firstAttempt(request),
    findingsSection(request),
    ...ofAnalysis[request.analysis](request),
    filesSection(request),
  ];
  return sections.filter(({ total }) => total > 0);
}

const ofAnalysis: Record<Category, (request: PromptRequest) => EvidenceSection[]> = {
  'code-quality': () => [],
  architecture: ({ graph }) => [
    section(
      'Import cycles',
      graph.cycles.slice(0, cyclesShown).map(cycleLine),
      graph.cycles.length,
    ),
    modulesSection(graph.modules),
    interfaceSection(graph.publicInterface),
  ],
  integration: ({ integrationPoints }) => [pointsSection(integrationPoints)],
};

function section(title: string, lines: string[], total: number): EvidenceSection {
  return { title, lines, total };
}

function firstAttempt({ before }: PromptRequest): EvidenceSection[] {
  return before === null ? [] : [section('What became of the first attempt', [before.problem], 1)];
}

function findingsSection({ findings }: PromptRequest): EvidenceSection {
  const lines = tellingFindings(findings).slice(0, findingsShown).map(findingLine);
  const total = findings.filter(isCriticised).length;
  return section('What linters and parsers have found', lines, total);
}

function modulesSection(modules: readonly Module[]): EvidenceSection {
  const busiest = modules.toSorted((a, b) => b.fanIn + b.fanOut - (a.fanIn + a.fanOut));
  const lines = busiest.slice(0, modulesShown).map(moduleLine);
  return section('Modules, those with the most imports first', lines, modules.length);
}

function interfaceSection(
  publicInterface: PromptRequest['graph']['publicInterface'],
): EvidenceSection {
  const used = publicInterface
    .filter(({ usedBy }) => usedBy > 0)
    .toSorted((a, b) => b.usedBy - a.usedBy);
  const lines = used
    .slice(0, namesShown)
    .map(
      ({ kind, line, name, path, usedBy }) =>
        `${kind} ${name} at ${path}:${line}, used by ${usedBy} modules outside`,
    );
  return section('What others use of the component', lines, used.length);
}

function pointsSection(points: readonly IntegrationPoint[]): EvidenceSection {
  const ordered = points.toSorted((a, b) => carelessness(b) - carelessness(a));
  const lines = ordered.slice(0, pointsShown).map(pointLine);
  return section('Integration points, the least guarded first', lines, points.length);
}

/** What other machines answer goes wrong more often than files do; a library has nothing to guard. */
const risk: Readonly<Record<IntegrationPoint['kind'], number>> = {
  'http-api': 2,
  database: 2,
  network: 2,
  subprocess: 2,
  'file-system': 1,
  configuration: 1,
  library: -1,
};

function carelessness({ errorHandling, kind, timeout }: IntegrationPoint): number {
  const dropped = errorHandling === 'swallowed' ? 2 : 0;
  const unhandled = errorHandling === 'none' ? 1 : 0;
  return risk[kind] + (timeout === false ? 2 : 0) + dropped + unhandled;
}

function filesSection(request: PromptRequest): EvidenceSection {
  const mentions = countMentions(request);
  const rank = ({ path }: ComponentFile) => mentions.get(path) ?? 0;
  const ordered = request.files.toSorted(
    (a, b) => rank(b) - rank(a) || b.lines - a.lines || (a.path < b.path ? -1 : 1),
  );
  const lines = ordered.slice(0, filesShown).map(({ lines: count, path }) => `${path}: ${count}`);
  return section('Files of the component and their lines', lines, request.files.length);
}

/** How often the evidence of the analysis names each file. */
function countMentions(request: PromptRequest): Map<string, number> {
  const { analysis, findings, graph, integrationPoints } = request;
  const mentions = new Map<string, number>();
  const add = (path: string, times: number) =>
    mentions.set(path, (mentions.get(path) ?? 0) + times);
  for (const { path } of findings) add(path, 1);
  if (analysis === 'integration') for (const { path } of integrationPoints) add(path, 1);
  if (analysis === 'architecture') {
    for (const { fanIn, fanOut, path } of graph.modules) add(path, fanIn + fanOut);
  }
  return mentions;
}
