import { severities, type Severity } from '../../../domain/finding.ts';
import type { Report } from '../../../domain/report.ts';
import { code, escapeText, formatNumber } from './markdown-text.ts';

/** Figures of a report in words, as every text about it says them. */

/** `2 high, 5 medium, 12 for information.` */
export function formatSeverities(counts: Record<Severity, number>): string {
  const parts = countGrave(counts);
  if (parts.length === 0) parts.push('Nothing to criticise');
  if (counts.info > 0) parts.push(`${formatNumber(counts.info)} for information`);
  return `${parts.join(', ')}.`;
}

/** `2 high`, `5 medium`: what is criticised, most serious first. */
export function countGrave(counts: Record<Severity, number>): string[] {
  return severities
    .filter((severity) => severity !== 'info' && counts[severity] > 0)
    .map((severity) => `${formatNumber(counts[severity])} ${severity}`);
}

export function formatComparison({
  fixed,
  new: added,
  previous,
  unchanged,
}: Report['comparison']): string {
  if (previous === null) return 'This is the first report of this component.';
  const commit = previous.commit === null ? '' : `, ${formatCommit(previous.commit)}`;
  return (
    `Since the last report (${previous.generatedAt.slice(0, 10)}${commit}): ` +
    `${formatNumber(added)} new, ${formatNumber(fixed)} fixed, ${formatNumber(unchanged)} unchanged.`
  );
}

/** Where the files came from: a repository that goes by another name in the report is named as well. */
export function formatSource({ component, source }: Report): string {
  const commit = source.commit === null ? '' : ` at ${formatCommit(source.commit)}`;
  if (source.kind === 'folder') return commit;
  const ref = source.ref === null ? 'default branch' : code(source.ref);
  const isSame = source.repository.toLowerCase() === component.repository.toLowerCase();
  const repository = isSame ? '' : `${escapeText(source.repository)}, `;
  return ` (GitHub, ${repository}${ref})${commit}`;
}

function formatCommit(commit: string): string {
  return code(commit.slice(0, 10));
}

/**
 * `2026-11-22 10:04 UTC`
 * @param iso ISO 8601 UTC
 */
export function formatMinute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
