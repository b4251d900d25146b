import { countChange } from '../../../domain/count-change.ts';
import { oneLineText, shorten } from '../../../domain/plain-text.ts';
import type { RunReport } from '../../../domain/report.ts';
import { formatAgentFigures } from './agent-words.ts';
import { countGrave, formatChange } from './format-figures.ts';

/** The report in one line of plain text: `2 high (1 new), 5 medium · 1 fixed`. */
export function formatHeadline(report: RunReport): string {
  if ('kind' in report) return 'No single configured component is named';
  const change = countChange(report);
  const counts = countGrave(report.metrics.findings, change?.added);
  const found = counts.join(', ') || 'Nothing to criticise';
  const added = formatAgentFigures(report.agents);
  return [
    found,
    change === null ? 'first report' : formatChange(change),
    ...(added === null ? [] : [added]),
  ].join(' · ');
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
