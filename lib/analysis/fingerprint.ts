import { createHash } from 'node:crypto';
import type { Hit } from './rule.ts';

/**
 * What a finding hangs on when its line number changes: the symbol it names, else the text of its line
 * without layout.
 */
function anchorOf(hit: Hit, lines: readonly string[]): string {
  return hit.symbol ?? (lines[hit.line - 1] ?? '').replace(/\s+/g, ' ').trim();
}

/**
 * Fingerprints for the hits of one file, in their order: 16 hex digits that stay the same while lines
 * move and code elsewhere changes. Hits alike in rule and anchor are told apart by their order.
 */
export function fingerprintHits(hits: readonly Hit[], lines: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return hits.map((hit) => {
    const identity = JSON.stringify([hit.rule, hit.path, anchorOf(hit, lines)]);
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    return createHash('sha256').update(`${identity}#${occurrence}`).digest('hex').slice(0, 16);
  });
}
