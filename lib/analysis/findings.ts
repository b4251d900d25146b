import { severities, type Finding } from '../domain/finding.ts';
import type { ManifestFile, SourceFile } from '../domain/source.ts';
import { fingerprintHits } from './fingerprint.ts';
import type { Hit, Rule } from './rule.ts';
import { ruleById } from './rules/catalogue.ts';

/**
 * Completes hits by what the catalogue says of their rules, and by fingerprints.
 * Hits outside the component are dropped: references are read there, findings are not.
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
    ordered.forEach((hit, index) => {
      findings.push(toFinding(hit, ruleById(hit.rule), fingerprints[index] ?? ''));
    });
  }
  return findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compare(a.path, b.path) ||
      a.line - b.line,
  );
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
