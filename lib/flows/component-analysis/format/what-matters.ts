import { isCriticised } from '../../../domain/count-change.ts';
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
  /** How many of all of them the last report did not have. */
  added: number;
}

const mostMatters = 10;
/** Where nothing matters: enough to see what kind of tidying up there is. */
const mostToTidyUp = 3;
const severitiesThatMatter = new Set<Severity>(['critical', 'high', 'medium']);
const confidenceRank: Record<Confidence, number> = { high: 0, medium: 1, low: 2 };

/** What to look at first; where nothing is serious, what to tidy up. */
export function chooseWhatMatters(
  findings: readonly Finding[],
  newFingerprints: ReadonlySet<string>,
): Matter[] {
  const matters = rankMatters(findings, newFingerprints);
  const serious = matters.filter(isSerious);
  return serious.length > 0 ? serious.slice(0, mostMatters) : matters.slice(0, mostToTidyUp);
}

/** Somebody should act on it. */
export function isSerious({ lead }: Matter): boolean {
  return severitiesThatMatter.has(lead.severity);
}

/**
 * All that is criticised, one entry a rule and severity: most serious and surest first, new before known.
 * @param newFingerprints findings that the last report did not have
 */
export function rankMatters(
  findings: readonly Finding[],
  newFingerprints: ReadonlySet<string>,
): Matter[] {
  const isNew = ({ fingerprint }: Finding) => newFingerprints.has(fingerprint);
  const ranked = findings
    .filter(isCriticised)
    .toSorted(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        confidenceRank[a.confidence] - confidenceRank[b.confidence] ||
        Number(isNew(b)) - Number(isNew(a)),
    );
  const groups = Map.groupBy(ranked, ({ rule, severity }) => `${severity} ${rule}`);
  return [...groups.values()].flatMap((group) => {
    const [lead, ...others] = group;
    if (lead === undefined) return [];
    return [{ lead, others: others.length, added: group.filter(isNew).length }];
  });
}
