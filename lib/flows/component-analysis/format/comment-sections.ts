import { ruleById } from '../../../analysis/rules/catalogue.ts';
import { countChange, isCriticised } from '../../../domain/count-change.ts';
import type { Report } from '../../../domain/report.ts';
import { agentSections } from './agent-sections.ts';
import { formatAgentFigures } from './agent-words.ts';
import { architectureSection } from './architecture-section.ts';
import type { Section } from './fit-sections.ts';
import { countGrave, formatChange, formatPrevious } from './format-figures.ts';
import { formatFindingMessage, formatMatter, formatName, formatPlace } from './format-matter.ts';
import { escapeText, link, tableHead, tableRow } from './markdown-text.ts';
import { otherReportLink } from './run-link.ts';
import { isSerious, rankMatters, type Matter } from './what-matters.ts';

/**
 * What a comment says of a report, the most important first.
 * @param runLink address of the run's page
 */
export function commentSections(report: Report, runLink: string): Section[] {
  const isNew = newFingerprints(report);
  const matters = rankMatters(report.findings, isNew);
  const first = matters.filter(isSerious).slice(0, mattersShown);
  return [
    { head: formatVerdict(report, runLink) },
    ...matterSection(first, isNew),
    ...newSection(report, { isNew, told: first }),
    ...agentSections(report),
    ...furtherFindings(matters.slice(first.length), report),
    ...fixedFindings(report),
    ...notesSection(report),
    architectureSection(report),
  ];
}

const mattersShown = 5;
const newShown = 5;
const rowsShown = 12;
const fixedShown = 5;

/** In the first report everything is new, which says nothing. */
function newFingerprints({ comparison }: Report): ReadonlySet<string> {
  return new Set(comparison.previous === null ? [] : comparison.newFindings);
}

function formatVerdict(report: Report, runLink: string): string {
  const { agents, component, metrics } = report;
  const added = formatAgentFigures(agents);
  const counts = countGrave(metrics.findings, countChange(report)?.added);
  const found = counts.length === 0 ? 'Nothing to criticise' : counts.join(', ');
  return [
    `### Component analysis of ${formatName(component.name)}`,
    '',
    `**${found}** · ${formatComparison(report, runLink)}${added === null ? '' : ` · ${added}`}`,
  ].join('\n');
}

function formatComparison(report: Report, runLink: string): string {
  const { previous } = report.comparison;
  const change = countChange(report);
  if (previous === null || change === null) return 'the first report of this component';
  const base = formatPrevious(previous, report.generatedAt);
  // Whoever reads the comment may never have seen the report that it is compared with.
  return `${formatChange(change)} since the ${link(base, otherReportLink(runLink, previous.runId))}`;
}

function matterSection(matters: readonly Matter[], isNew: ReadonlySet<string>): Section[] {
  if (matters.length === 0) return [];
  const lines = matters.map((matter, index) => `${index + 1}. ${formatMatter(matter, isNew)}`);
  return [{ head: '#### What matters\n', lines }];
}

/** What has come since the last report, where `What matters` does not tell it. */
function newSection(
  { findings }: Report,
  { isNew, told }: { isNew: ReadonlySet<string>; told: readonly Matter[] },
): Section[] {
  const isTold = new Set(told.map(({ lead }) => lead.fingerprint));
  const added = findings.filter(({ fingerprint }) => isNew.has(fingerprint));
  const matters = rankMatters(added, isNew).filter(({ lead }) => !isTold.has(lead.fingerprint));
  if (matters.length === 0) return [];
  const lines = matters.slice(0, newShown).map((matter) => `- ${formatNew(matter)}`);
  return [{ head: '#### New\n', lines, total: matters.length }];
}

/** Where it is silent on something, the reader must not take that for praise. */
function notesSection({ notes }: Report): Section[] {
  if (notes.length === 0) return [];
  const lines = notes.map((note) => `- ${escapeText(note)}`);
  return [{ head: '#### Not judged in full\n', lines, total: notes.length }];
}

function formatNew({ lead, others }: Matter): string {
  const more = others === 0 ? '' : ` (and ${others} more like it)`;
  return `${lead.severity} · ${formatPlace(lead)} — ${formatFindingMessage(lead)}${more}`;
}

/** One row a rule: those that `What matters` does not tell. */
function furtherFindings(matters: readonly Matter[], { comparison }: Report): Section[] {
  if (matters.length === 0) return [];
  const compares = comparison.previous !== null;
  const rows = matters.slice(0, rowsShown).map((matter) => furtherRow(matter, compares));
  const titles = ['Severity', 'What', 'Hits', ...(compares ? ['New'] : []), 'First at'];
  const head = ['#### Further findings', '', ...tableHead(titles, rows)].join('\n');
  return [{ head, lines: rows.map(tableRow), total: matters.length }];
}

function furtherRow({ added, lead, others }: Matter, compares: boolean): (string | number)[] {
  const { title } = ruleById(lead.rule);
  const place = formatPlace(lead);
  const hits = others + 1;
  if (!compares) return [lead.severity, title, hits, place];
  return [lead.severity, title, hits, added === 0 ? '–' : added, place];
}

function fixedFindings({ comparison }: Report): Section[] {
  const fixed = comparison.fixedFindings.filter(isCriticised);
  if (fixed.length === 0) return [];
  const lines = fixed
    .slice(0, fixedShown)
    .map((finding) => `- ${ruleById(finding.rule).title}, ${formatPlace(finding)}`);
  return [{ head: '#### Fixed\n', lines, total: fixed.length }];
}
