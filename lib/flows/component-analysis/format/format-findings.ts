import { ruleById } from '../../../analysis/rules/catalogue.ts';
import { categoryTitles } from '../../../domain/category-names.ts';
import {
  categorySchema,
  severities,
  type Finding,
  type Severity,
} from '../../../domain/finding.ts';
import type { Report } from '../../../domain/report.ts';
import { code, formatMessage, plural, table } from './markdown-text.ts';

const placesShown = 3;

/** Tables of the findings, a row a rule; integration points have tables of their own. */
export function formatFindings({ findings }: Report): string {
  const shown = findings.filter(
    ({ category, severity }) => severity !== 'info' || category !== 'integration',
  );
  const sections = categorySchema.options.flatMap((category) => {
    const ofCategory = shown.filter((finding) => finding.category === category);
    return ofCategory.length === 0 ? [] : [formatCategory(categoryTitles[category], ofCategory)];
  });
  if (sections.length === 0) return '';
  return ['## Findings', ...sections, ...formatInFull(shown)].join('\n\n');
}

function formatCategory(title: string, findings: readonly Finding[]): string {
  const byRule = Map.groupBy(findings, ({ rule, severity }) => `${severity} ${rule}`);
  const groups = [...byRule.values()].toSorted(bySeverityThenCount);
  const rows = groups.flatMap((group) => {
    const [lead] = group;
    if (lead === undefined) return [];
    return [[lead.severity, ruleById(lead.rule).title, group.length, formatPlaces(group)]];
  });
  const head = ['Severity', 'What', 'Hits', 'Where'];
  return `### ${title}\n\n${table(head, rows)}`;
}

function bySeverityThenCount(a: readonly Finding[], b: readonly Finding[]): number {
  return rankOf(a) - rankOf(b) || b.length - a.length;
}

/** The hits of a group share their severity. */
function rankOf([first]: readonly Finding[]): number {
  return first === undefined ? severities.length : severities.indexOf(first.severity);
}

function formatPlaces(findings: readonly Finding[]): string {
  const shown = findings.slice(0, placesShown).map(({ line, path }) => code(`${path}:${line}`));
  const hidden = findings.length - shown.length;
  return hidden > 0
    ? `${shown.join(', ')} and ${plural(hidden, 'more', 'more')}`
    : shown.join(', ');
}

const shownInFull = 100;
const gravities = new Set<Severity>(['critical', 'high', 'medium']);

/** What somebody should act on, place by place: a count alone does not help. */
function formatInFull(findings: readonly Finding[]): string[] {
  const grave = findings.filter(({ severity }) => gravities.has(severity));
  if (grave.length === 0) return [];
  const lines = grave
    .slice(0, shownInFull)
    .map(
      ({ line, message, path, severity }) =>
        `- ${severity} · ${code(`${path}:${line}`)} — ${formatMessage(message)}`,
    );
  const hidden = grave.length - lines.length;
  const more = hidden > 0 ? [`- and ${plural(hidden, 'more', 'more')}, in the report as JSON`] : [];
  return [['### Medium and above, one by one', '', ...lines, ...more].join('\n')];
}
