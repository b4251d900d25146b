import { countChange } from '../../../domain/count-change.ts';
import type { Report, RunReport } from '../../../domain/report.ts';
import { drawModules } from '../../../domain/module-diagram.ts';
import { formatAgentFigures } from './agent-words.ts';
import { formatAgents } from './format-agents.ts';
import { formatArchitecture } from './format-architecture.ts';
import {
  formatChange,
  formatMinute,
  formatPrevious,
  formatSeverities,
  formatSource,
} from './format-figures.ts';
import { formatFindings } from './format-findings.ts';
import { formatFiles } from './format-files.ts';
import { formatIntegrationPoints } from './format-integration-points.ts';
import { escapeText, plural } from './markdown-text.ts';
import { formatMermaid } from './format-mermaid.ts';
import { formatUnknownComponent } from './format-unknown-component.ts';
import { formatMatter } from './format-matter.ts';
import { chooseWhatMatters } from './what-matters.ts';

/** The report as Markdown. */
export function formatReport(report: RunReport): string {
  return 'kind' in report ? formatUnknownComponent(report) : formatAnalysis(report);
}

/** What matters first, then tables, then the picture. */
function formatAnalysis(report: Report): string {
  const sections = [
    formatHead(report),
    formatWhatMatters(report),
    formatAgents(report),
    formatFindings(report),
    formatArchitecture(report),
    formatIntegrationPoints(report),
    formatFiles(report),
    formatModuleGraph(report),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function formatHead(report: Report): string {
  const { agents, component, files, generatedAt, metrics } = report;
  const added = formatAgentFigures(agents);
  const languages = files.languages
    .filter(({ judged }) => judged)
    .map(({ language, files: count }) => `${count} ${language}`)
    .join(', ');
  return [
    `# Component ${escapeText(component.name)}`,
    '',
    `${escapeText(component.repository)}${formatSource(report)} · ${plural(files.analysed, 'file')} ` +
      `(${languages || 'none judged'}), ${plural(files.lines, 'line')} · ${formatMinute(generatedAt)}`,
    '',
    `**${formatSeverities(metrics.findings, countChange(report))}** · ${formatComparison(report)}` +
      (added === null ? '' : ` · ${added}`),
  ].join('\n');
}

function formatComparison(report: Report): string {
  const { comparison, generatedAt } = report;
  const change = countChange(report);
  if (comparison.previous === null || change === null) return 'the first report of this component';
  return `${formatChange(change)} since the ${formatPrevious(comparison.previous, generatedAt)}`;
}

function formatWhatMatters({ comparison, findings }: Report): string {
  const isNew = new Set(comparison.previous === null ? [] : comparison.newFindings);
  const matters = chooseWhatMatters(findings, isNew);
  const items = matters.map((matter, index) => `${index + 1}. ${formatMatter(matter, isNew)}`);
  const onlyLow = matters.every(({ lead }) => lead.severity === 'low');
  const preface = onlyLow ? ['Nothing of medium severity or above was found.', ''] : [];
  return ['## What matters', '', ...preface, ...items].join('\n').trimEnd();
}

function formatModuleGraph({ graph }: Report): string {
  if (graph.modules.length < 2) return '';
  const diagram = drawModules(graph);
  const unit = diagram.byFolder ? 'Each box is a folder.' : 'Each box is a module.';
  const hidden =
    diagram.edgesLeftOut === 0
      ? ''
      : ` ${plural(diagram.edgesLeftOut, 'weaker arrow is', 'weaker arrows are')} left out.`;
  return [
    '## Module graph',
    '',
    `${unit} Arrows point to what is imported; dashed boxes lie outside the component.${hidden}`,
    '',
    '```mermaid',
    formatMermaid(diagram),
    '```',
  ].join('\n');
}
