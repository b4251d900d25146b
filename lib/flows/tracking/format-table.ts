import { severities, type Severity } from '../../domain/finding.ts';
import type { ComponentResult } from '../../domain/tracking/component-result.ts';
import type { ComponentIssue, TrackingRow } from '../../domain/tracking/tracking-rows.ts';
import { fitSections } from '../component-analysis/format/fit-sections.ts';
import { countGrave, formatMinute } from '../component-analysis/format/format-figures.ts';
import {
  code,
  formatNumber,
  escapeText,
  link,
  plural,
  tableHead,
  tableRow,
} from '../component-analysis/format/markdown-text.ts';
import { isOnThisMachine, whereLinksOpen } from '../component-analysis/format/run-link.ts';

/** Some 200 components; what Linear takes is not documented, and this much is known to work. */
const longestTable = 50_000;
const none = '–';
const titles = ['Component', 'Issue', 'State', 'Last run', 'Open findings', 'New', 'Fixed'];

/**
 * The text of the comment on the tracking issue.
 * @param linkTo address of a run's page
 */
export function formatTable(
  rows: readonly TrackingRow[],
  linkTo: (runId: string) => string,
): string {
  const severalRepositories =
    new Set(rows.flatMap(({ component }) => component?.repository ?? [])).size > 1;
  const cells = rows.map((row) => [
    formatComponent(row, severalRepositories),
    row.issues.map(formatIssue).join(', ') || none,
    formatStates(row.issues) || none,
    ...formatResult(row.result, linkTo),
  ]);
  const head = ['### Component analyses', '', formatTotals(rows), ''];
  return fitSections(
    [{ head: [...head, ...tableHead(titles, cells)].join('\n'), lines: cells.map(tableRow) }],
    { end: formatEnd(linkTo), maxCharacters: longestTable },
  );
}

function formatEnd(linkTo: (runId: string) => string): string {
  const where = isOnThisMachine(linkTo('any')) ? ` Runs open ${whereLinksOpen}.` : '';
  return `Kept up to date after each analysis.${where}`;
}

/** `12 components, 1 not analysed yet, 1 failed · 2 high, 30 medium` */
function formatTotals(rows: readonly TrackingRow[]): string {
  const components = rows.filter(({ component }) => component !== undefined);
  const missing = components.filter(({ result }) => result === undefined).length;
  const failed = components.filter(({ result }) => result?.state === 'failed').length;
  const counts = [
    plural(components.length, 'component'),
    ...(missing === 0 ? [] : [`${formatNumber(missing)} not analysed yet`]),
    ...(failed === 0 ? [] : [`${formatNumber(failed)} failed`]),
  ];
  return `**${counts.join(', ')}** · ${countGrave(addUp(components)).join(', ') || 'no findings'}`;
}

function addUp(rows: readonly TrackingRow[]): Record<Severity, number> {
  const total = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { result } of rows) {
    for (const severity of severities) total[severity] += result?.findings?.open[severity] ?? 0;
  }
  return total;
}

function formatComponent({ component }: TrackingRow, severalRepositories: boolean): string {
  if (component === undefined) return none;
  const { component: name, repository } = component;
  return code(severalRepositories ? `${repository}/${name}` : name);
}

/** Of several issues each state stands with its issue. */
function formatStates(issues: readonly ComponentIssue[]): string {
  const isOnly = issues.length === 1;
  return issues
    .map((issue) => {
      const state = escapeText(issue.state.name);
      return isOnly ? state : `${formatIssue(issue)} ${state}`;
    })
    .join(', ');
}

const identifierPattern = /^[A-Z][A-Z0-9]*-\d+$/;

/** As a link the identifier leads to its own issue: nothing has to keep Linear from making one of it. */
function formatIssue({ identifier, url }: ComponentIssue): string {
  return link(identifierPattern.test(identifier) ? identifier : escapeText(identifier), url);
}

function formatResult(
  result: ComponentResult | undefined,
  linkTo: (runId: string) => string,
): string[] {
  if (result === undefined) return [none, none, none, none];
  const { endedAt, findings, runId, state } = result;
  const run = link(formatMinute(endedAt), linkTo(runId));
  const lastRun = state === 'failed' ? `${run}, **failed**` : run;
  if (findings === null) return [lastRun, none, none, none];
  const open = countGrave(findings.open).join(', ') || 'none';
  return [lastRun, open, formatCount(findings.new), formatCount(findings.fixed)];
}

function formatCount(count: number | null): string {
  return count === null ? none : formatNumber(count);
}
