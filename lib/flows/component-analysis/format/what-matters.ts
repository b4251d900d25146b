import {
  severities,
  type Confidence,
  type Finding,
  type Severity,
} from '../../../domain/finding.ts';

/** Findings of one rule that a reader deals with in one go. */
export interface Matter {
  /** The one to show. */
  lead: Finding;
  /** Further findings of the same rule and severity. */
  others: number;
}

const mostMatters = 10;
/** Where nothing matters: enough to see what kind of tidying up there is. */
const mostToTidyUp = 3;
const severitiesThatMatter = new Set<Severity>(['critical', 'high', 'medium']);
const confidenceRank: Record<Confidence, number> = { high: 0, medium: 1, low: 2 };

/**
 * What to look at first: one entry a rule, most serious and surest first, new before known.
 * @param newFingerprints findings that the last report did not have
 */
export function chooseWhatMatters(
  findings: readonly Finding[],
  newFingerprints: ReadonlySet<string>,
): Matter[] {
  const serious = findings.filter(({ severity }) => severitiesThatMatter.has(severity));
  if (serious.length > 0) return chooseFirst(serious, newFingerprints, mostMatters);
  const tidyUp = findings.filter(({ severity }) => severity === 'low');
  return chooseFirst(tidyUp, newFingerprints, mostToTidyUp);
}

function chooseFirst(
  findings: readonly Finding[],
  newFingerprints: ReadonlySet<string>,
  most: number,
): Matter[] {
  const ranked = findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      confidenceRank[a.confidence] - confidenceRank[b.confidence] ||
      Number(newFingerprints.has(b.fingerprint)) - Number(newFingerprints.has(a.fingerprint)),
  );
  const groups = Map.groupBy(ranked, ({ rule, severity }) => `${severity} ${rule}`);
  return [...groups.values()].slice(0, most).flatMap(([lead, ...others]) => {
    return lead === undefined ? [] : [{ lead, others: others.length }];
  });
}
