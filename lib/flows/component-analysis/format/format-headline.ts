import { oneLineText, shorten } from '../../../domain/plain-text.ts';
import type { RunReport } from '../../../domain/report.ts';
import { countGrave } from './format-figures.ts';
import { formatNumber } from './markdown-text.ts';

/** The report in one line of plain text: `2 high, 5 medium · 3 new, 1 fixed`. */
export function formatHeadline(report: RunReport): string {
  if ('kind' in report) return 'No single configured component is named';
  const { comparison, metrics } = report;
  const found = countGrave(metrics.findings).join(', ') || 'Nothing to criticise';
  if (comparison.previous === null) return `${found} · first report`;
  return `${found} · ${formatNumber(comparison.new)} new, ${formatNumber(comparison.fixed)} fixed`;
}

const longestTitle = 100;

/** What an attachment to the run shows, in plain text of one line each. */
export function formatAttachment(report: RunReport): { title: string; subtitle: string } {
  const title =
    'kind' in report
      ? 'Component analysis'
      : `Component analysis of ${shorten(oneLineText(report.component.name), longestTitle)}`;
  return { title, subtitle: formatHeadline(report) };
}
