import type { Finding } from '../../domain/finding.ts';
import type { Comparison, Report } from '../../domain/report.ts';

/** What has changed since the report before; everything is new where there is none. */
export function compareWithPrevious(
  findings: readonly Finding[],
  previous: Report | null,
): Comparison {
  const before = new Set(previous?.findings.map((finding) => finding.fingerprint));
  const now = new Set(findings.map((finding) => finding.fingerprint));
  const added = findings.filter((finding) => !before.has(finding.fingerprint));
  const fixed = previous?.findings.filter((finding) => !now.has(finding.fingerprint)) ?? [];
  return {
    previous:
      previous === null
        ? null
        : {
            runId: previous.runId,
            generatedAt: previous.generatedAt,
            commit: previous.source.commit,
          },
    new: added.length,
    fixed: fixed.length,
    unchanged: findings.length - added.length,
    newFindings: added.map((finding) => finding.fingerprint),
    fixedFindings: fixed,
  };
}
