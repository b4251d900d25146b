import { severities, type Finding } from '../domain/finding.ts';
import type { ManifestFile, SourceFile } from '../domain/source.ts';
import { fingerprintHits } from './fingerprint.ts';
import type { Hit, Rule } from './rule.ts';
import { ruleById } from './rules/catalogue.ts';

/** Per rule and file: a generated file may have a hundred thousand, which nobody reads. */
const mostAlike = 200;

/**
 * Completes hits by what the catalogue says of their rules, and by fingerprints.
 * Hits outside the component are dropped: references are read there, findings are not. Of more than 200
 * by one rule in one file the most serious stay, and the last of them tells how many do not.
 * @param files that a hit can stand in
 * @returns most serious first, then by path and line
 */
export function toFindings(
  hits: readonly Hit[],
  files: readonly (SourceFile | ManifestFile)[],
): Finding[] {
  const textOf = new Map(
    files.filter((file) => file.inComponent).map((file) => [file.path, file.text]),
  );
  const findings: Finding[] = [];
  for (const [path, ofFile] of Map.groupBy(withoutRepeats(hits), (hit) => hit.path)) {
    const text = textOf.get(path);
    if (text === undefined) continue;
    const ordered = ofFile.toSorted((a, b) => a.line - b.line || compare(a.rule, b.rule));
    const fingerprints = fingerprintHits(ordered, text.split('\n'));
    const complete = ordered.map((hit, index) =>
      toFinding(hit, ruleById(hit.rule), fingerprints[index] ?? ''),
    );
    for (const alike of Map.groupBy(complete, ({ rule }) => rule).values()) {
      for (const finding of withoutExcess(alike)) findings.push(finding);
    }
  }
  return findings.toSorted(
    (a, b) =>
      bySeverity(a, b) || compare(a.path, b.path) || a.line - b.line || compare(a.rule, b.rule),
  );
}

/** @param alike findings of one rule in one file, by line */
function withoutExcess(alike: readonly Finding[]): readonly Finding[] {
  const excess = alike.length - mostAlike;
  if (excess <= 0) return alike;
  return alike
    .toSorted(bySeverity)
    .slice(0, mostAlike)
    .map((finding, index) => (index === mostAlike - 1 ? withCount(finding, excess) : finding));
}

function withCount(finding: Finding, excess: number): Finding {
  return { ...finding, message: `${finding.message} (${excess} more like this in the file.)` };
}

function bySeverity(a: Finding, b: Finding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
}

/** Two linters that say the same of one place count once: the first hit stays. */
function withoutRepeats(hits: readonly Hit[]): Hit[] {
  const byPlace = new Map<string, Hit>();
  for (const hit of hits) {
    const place = JSON.stringify([hit.rule, hit.path, hit.line, hit.symbol ?? hit.message]);
    if (!byPlace.has(place)) byPlace.set(place, hit);
  }
  return [...byPlace.values()];
}

function toFinding(hit: Hit, rule: Rule, fingerprint: string): Finding {
  return {
    category: rule.category,
    topic: rule.topic,
    rule: rule.id,
    severity: hit.severity ?? rule.severity,
    confidence: hit.confidence ?? rule.confidence,
    path: hit.path,
    line: Math.max(1, hit.line),
    message: hit.message,
    ...(hit.symbol === undefined ? {} : { symbol: hit.symbol }),
    ...(hit.tool === undefined ? {} : { tool: hit.tool }),
    fingerprint,
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
