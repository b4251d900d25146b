import type { CountedChange } from '../../../domain/count-change.ts';
import { severities, type Severity } from '../../../domain/finding.ts';
import type { Report } from '../../../domain/report.ts';
import { isSameRepository } from '../../../domain/same-repository.ts';
import { code, escapeText, formatNumber } from './markdown-text.ts';

/** Figures of a report in words, as every text about it says them. */

/** `2 high (1 new), 5 medium, 12 for information` */
export function formatSeverities(
  counts: Record<Severity, number>,
  change: CountedChange | null,
): string {
  const parts = countGrave(counts, change?.added);
  if (parts.length === 0) parts.push('Nothing to criticise');
  if (counts.info > 0) parts.push(`${formatNumber(counts.info)} for information`);
  return parts.join(', ');
}

/**
 * `2 high (1 new)`, `5 medium`: what is criticised, most serious first.
 * @param added how many of them are new. Default: nobody can tell
 */
export function countGrave(
  counts: Record<Severity, number>,
  added?: Record<Severity, number>,
): string[] {
  return severities
    .filter((severity) => severity !== 'info' && counts[severity] > 0)
    .map((severity) => {
      const fresh = added?.[severity] ?? 0;
      const count = `${formatNumber(counts[severity])} ${severity}`;
      return fresh === 0 ? count : `${count} (${formatNumber(fresh)} new)`;
    });
}

/** `nothing new, 2 fixed`: what has changed apart from what is new, which stands beside the counts. */
export function formatChange({ fixed, new: added }: CountedChange): string {
  if (fixed === 0) return added === 0 ? 'nothing new' : 'nothing fixed';
  return `${added === 0 ? 'nothing new, ' : ''}${formatNumber(fixed)} fixed`;
}

type Previous = NonNullable<Report['comparison']['previous']>;

/**
 * `report of 2026-11-21 at 501294bcbc`: the time of day alone on the day of that which is compared with it.
 * @param generatedAt of the later one, ISO 8601 UTC
 */
export function formatPrevious({ commit, generatedAt: at }: Previous, generatedAt: string): string {
  const day = at.slice(0, 10);
  const time = day === generatedAt.slice(0, 10) ? `${at.slice(11, 16)} UTC` : day;
  return `report of ${time}${formatCommit(commit)}`;
}

/** Where the files came from: a repository that goes by another name in the report is named as well. */
export function formatSource({ component, source }: Report): string {
  const commit = formatCommit(source.commit);
  if (source.kind === 'folder') return commit;
  const ref = source.ref === null ? 'default branch' : code(source.ref);
  const isSame = isSameRepository(source.repository, component.repository);
  const repository = isSame ? '' : `${escapeText(source.repository)}, `;
  return ` (GitHub, ${repository}${ref})${commit}`;
}

function formatCommit(commit: string | null): string {
  return commit === null ? '' : ` at ${code(commit.slice(0, 10))}`;
}

/**
 * `2026-11-22 10:04 UTC`
 * @param iso ISO 8601 UTC
 */
export function formatMinute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
