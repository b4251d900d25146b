import type { FileFacts } from '../../analysis/facts.ts';
import type { Finding, Severity } from '../../domain/finding.ts';
import type { Metrics } from '../../domain/report.ts';

/** The value below which the share `p` (0 to 1) of `sorted` lies; 0 for none. */
function percentile(sorted: readonly number[], p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/**
 * The component in figures.
 * @param facts of the component's files only
 * @param duplicatedLines lines of the component that stand elsewhere too
 */
export function measureComponent(
  facts: readonly FileFacts[],
  findings: readonly Finding[],
  duplicatedLines: number,
): Metrics {
  const definitions = facts.flatMap((file) => file.definitions);
  const functions = definitions.filter(({ kind }) => kind === 'function' || kind === 'method');
  const classes = definitions.filter(({ kind }) => kind === 'class');
  const documentable = [...functions, ...classes].filter(({ exported }) => exported);
  const complexities = functions.map(({ complexity }) => complexity).toSorted((a, b) => a - b);
  const codeLines = sum(facts.map((file) => file.codeLines));

  return {
    files: facts.length,
    lines: sum(facts.map((file) => file.lines)),
    codeLines,
    functions: functions.length,
    classes: classes.length,
    complexity: {
      mean: complexities.length === 0 ? 0 : round(sum(complexities) / complexities.length),
      p90: percentile(complexities, 0.9),
      max: complexities.at(-1) ?? 0,
    },
    documented:
      documentable.length === 0
        ? null
        : round(documentable.filter(({ documented }) => documented).length / documentable.length),
    duplicated: codeLines === 0 ? 0 : Math.min(1, round(duplicatedLines / codeLines)),
    findings: countBySeverity(findings),
  };
}
