import type { Severity } from '../../../domain/finding.ts';
import { blankOrComment } from '../source-lines.ts';
import { type CheckHit, nameOf, hitIn } from './check.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { FunctionUnit } from '../function-unit.ts';

interface Measure {
  rule: string;
  severity: Severity;
  message: string;
}

/** The first limit that a value exceeds gives the severity: the greatest stands first. */
type Limits = readonly (readonly [above: number, severity: Severity])[];

const complexityLimits: Limits = [
  [30, 'high'],
  [15, 'medium'],
];
const nestingLimits: Limits = [
  [7, 'medium'],
  [5, 'low'],
];
const lengthLimits: Limits = [
  [200, 'medium'],
  [80, 'low'],
];
const parameterLimits: Limits = [
  [12, 'medium'],
  [7, 'low'],
];

/** Functions that are too much to hold in mind: one bar for all languages. */
export function checkFunctionMetrics(syntax: FileSyntax): CheckHit[] {
  const isEmptyLine = blankOrComment(syntax.tree);
  return syntax.scopes.units.flatMap((unit) => {
    const line = unit.definition?.line ?? unit.node.line;
    const lines = codeLines(unit, isEmptyLine);
    return measures(unit, lines).map(({ rule, severity, message }) =>
      hitIn(unit, { rule, severity, line, message }),
    );
  });
}

function measures(unit: FunctionUnit, lines: number): Measure[] {
  const name = nameOf(unit);
  const { complexity, nesting, parameters } = unit;
  const found: Measure[] = [];
  const add = (rule: string, severity: Severity | undefined, message: string) => {
    if (severity !== undefined) found.push({ rule, severity, message });
  };
  add(
    'high-complexity',
    exceeded(complexity, complexityLimits),
    `${name} has ${complexity} independent paths.`,
  );
  add(
    'deep-nesting',
    exceeded(nesting, nestingLimits),
    `${name} nests control flow ${nesting} levels deep.`,
  );
  add('long-function', exceeded(lines, lengthLimits), `${name} has ${lines} lines of code.`);
  add(
    'many-parameters',
    exceeded(parameters.length, parameterLimits),
    `${name} takes ${parameters.length} parameters.`,
  );
  return found;
}

function exceeded(value: number, limits: Limits): Severity | undefined {
  return limits.find(([above]) => value > above)?.[1];
}

function codeLines(unit: FunctionUnit, isEmptyLine: (line: number) => boolean): number {
  let count = 0;
  for (let line = unit.node.line; line <= unit.node.endLine; line += 1) {
    if (!isEmptyLine(line)) count += 1;
  }
  return count;
}
