import { severities, type Finding, type Severity } from './finding.ts';
import type { Report } from './report.ts';

/** What has changed in what is criticised. Findings for information only are not, and no text counts them. */
export interface CountedChange {
  /** Those that the report before did not have. */
  added: Record<Severity, number>;
  /** All of them. */
  new: number;
  fixed: number;
}

/** Null for the first report of a component: in it everything is new, which says nothing. */
export function countChange({ comparison, findings }: Report): CountedChange | null {
  if (comparison.previous === null) return null;
  const isNew = new Set(comparison.newFindings);
  const added = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { fingerprint, severity } of findings.filter(isCriticised)) {
    if (isNew.has(fingerprint)) added[severity] += 1;
  }
  return {
    added,
    new: severities.reduce((sum, severity) => sum + added[severity], 0),
    fixed: comparison.fixedFindings.filter(isCriticised).length,
  };
}

/** Of low severity or above. */
export function isCriticised({ severity }: Pick<Finding, 'severity'>): boolean {
  return severity !== 'info';
}
