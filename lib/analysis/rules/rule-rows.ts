import type { Confidence, Severity, Topic } from '../../domain/finding.ts';
import type { Rule } from '../rule.ts';

/** Id, severity, confidence, title, advice: the columns of the tables below. */
export type RuleRow = readonly [string, Severity, Confidence, string, string];

/** Rules of the category code-quality that share a topic. */
export function codeQuality(topic: Topic, rows: readonly RuleRow[]): Rule[] {
  return rows.map(([id, severity, confidence, title, advice]) => ({
    id,
    category: 'code-quality',
    topic,
    severity,
    confidence,
    title,
    advice,
  }));
}
