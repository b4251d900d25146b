import type { Severity } from '../../../domain/finding.ts';
import { isDeclarationFile } from '../../modules/file-roles.ts';
import { defaultedParameters } from '../defaulted-parameters.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { FunctionUnit } from '../function-unit.ts';
import { blankOrComment } from '../source-lines.ts';
import { type CheckHit, hitIn, nameOf } from './check.ts';

interface Measure {
  rule: string;
  value: number;
  limits: Limits;
  /** What the function does, after its name. */
  says: string;
}

/** The first limit that a value exceeds gives the severity: the greatest stands first. */
type Limits = readonly (readonly [above: number, severity: Severity])[];

/*
 * The bars stand where a reviewer stops, not where a guide begins to frown: of the functions of well-kept
 * libraries, which hold many of 15 paths and of 80 lines, about one in a hundred is above them.
 */
const complexityLimits: Limits = [
  [50, 'high'],
  [35, 'medium'],
  [25, 'low'],
];
/** Branches within branches are harder to follow than as many in a row. */
const nestedComplexityLimits: Limits = [...complexityLimits.slice(0, -1), [20, 'low']];
const levelsOfNested = 3;
const nestingLimits: Limits = [
  [7, 'medium'],
  [5, 'low'],
];
const lengthLimits: Limits = [
  [200, 'medium'],
  [100, 'low'],
];
const parameterLimits: Limits = [
  [12, 'medium'],
  [7, 'low'],
];

const severityOrder: readonly Severity[] = ['high', 'medium', 'low', 'info'];

/** From this many times its lowest bar on, a measure is news beside another one. */
const farAbove = 2;

/** Functions that are too much to hold in mind: one bar for all languages. */
export function checkFunctionMetrics(syntax: FileSyntax): CheckHit[] {
  // Declarations repeat what the code beside them is judged for.
  if (isDeclarationFile(syntax.file.path)) return [];
  const isEmptyLine = blankOrComment(syntax.tree);
  return syntax.scopes.units.flatMap((unit) => {
    const size = onceTold(sizeMeasures(unit, ownLines(unit, syntax, isEmptyLine)));
    return [...size, parameterMeasure(unit)].flatMap((measure) => {
      const severity = severityOf(measure);
      if (severity === undefined) return [];
      const line = unit.definition?.line ?? unit.node.line;
      const message = `${nameOf(unit)} ${measure.says}.`;
      return [hitIn(unit, { rule: measure.rule, severity, line, message })];
    });
  });
}

function sizeMeasures({ complexity, nesting }: FunctionUnit, lines: number): Measure[] {
  return [
    {
      rule: 'high-complexity',
      value: complexity,
      limits: nesting >= levelsOfNested ? nestedComplexityLimits : complexityLimits,
      says: `has ${complexity} independent paths`,
    },
    {
      rule: 'deep-nesting',
      value: nesting,
      limits: nestingLimits,
      says: `nests control flow ${nesting} levels deep`,
    },
    {
      rule: 'long-function',
      value: lines,
      limits: lengthLimits,
      says: `has ${lines} lines of code`,
    },
  ];
}

/** Only what every caller must give: an option with a default burdens nobody who leaves it out. */
function parameterMeasure(unit: FunctionUnit): Measure {
  // A decorated function is called by its framework: a command takes as many as it has options.
  const isCalledByOthers = (unit.definition?.decorators ?? []).some(
    (decorator) => !/^(?:static|class)method$/.test(decorator),
  );
  const required = isCalledByOthers ? 0 : unit.parameters.length - defaultedParameters(unit).length;
  return {
    rule: 'many-parameters',
    value: required,
    limits: parameterLimits,
    says: `takes ${required} parameters that have no default`,
  };
}

/** Long, branched and nested are mostly one complaint: the gravest tells it, unless each is gross. */
function onceTold(measures: readonly Measure[]): Measure[] {
  const [gravest, ...others] = measures
    .filter((measure) => severityOf(measure) !== undefined)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || excessOf(b) - excessOf(a));
  if (gravest === undefined || excessOf(gravest) < farAbove) return gravest ? [gravest] : [];
  return [gravest, ...others.filter((other) => excessOf(other) >= farAbove)];
}

function rankOf(measure: Measure): number {
  return severityOrder.indexOf(severityOf(measure) ?? 'info');
}

function severityOf({ value, limits }: Measure): Severity | undefined {
  return limits.find(([above]) => value > above)?.[1];
}

/** How many times its lowest bar a value is. */
function excessOf({ value, limits }: Measure): number {
  return value / (limits.at(-1)?.[0] ?? value);
}

/** Lines of code that are the function's own: functions inside count for themselves. */
function ownLines(
  unit: FunctionUnit,
  { scopes }: FileSyntax,
  isEmptyLine: (line: number) => boolean,
): number {
  const { node } = unit;
  if (node.endLine - node.line < (lengthLimits.at(-1)?.[0] ?? 0)) return 0;
  const elsewhere = new Set<number>();
  for (const inner of scopes.units) {
    if (inner === unit || !node.contains(inner.node)) continue;
    for (let line = inner.node.line + 1; line <= inner.node.endLine; line += 1) elsewhere.add(line);
  }
  let count = 0;
  for (let line = node.line; line <= node.endLine; line += 1) {
    if (!elsewhere.has(line) && !isEmptyLine(line)) count += 1;
  }
  return count;
}
