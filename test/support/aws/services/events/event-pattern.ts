import { AwsError } from '../../wire/aws-error.ts';
import { isJsonObject } from '../../wire/json-object.ts';
import { wildcardMatches } from '../../wildcards.ts';

/** Fields of an event, or of something in it. */
type Fields = Readonly<Record<string, unknown>>;

const kinds: ReadonlySet<string> = new Set([
  'anything-but',
  'equals-ignore-case',
  'exists',
  'numeric',
  'prefix',
  'suffix',
  'wildcard',
]);

/** @throws AwsError `InvalidEventPatternException` for a pattern that EventBridge refuses, or that is not played here */
export function requireValidPattern(pattern: Fields): void {
  for (const [field, expected] of Object.entries(pattern)) {
    if (!Array.isArray(expected)) {
      requireValidPattern(requireFields(expected, field));
      continue;
    }
    for (const filter of expected) {
      if (!isJsonObject(filter)) continue;
      if (field === '$or') requireValidPattern(filter);
      else requireKnownKind(filter);
    }
  }
}

function requireKnownKind(filter: Fields): void {
  const unknown = Object.keys(filter).find((kind) => !kinds.has(kind));
  if (unknown !== undefined) throw invalidPattern(`Unrecognized match type ${unknown}`);
}

/** Whether an EventBridge pattern lets an event through. */
export function patternMatches(pattern: Fields, event: Fields): boolean {
  return Object.entries(pattern).every(([field, expected]) => {
    if (field === '$or' && Array.isArray(expected)) {
      return expected.some((alternative) => patternMatches(requireFields(alternative), event));
    }
    if (Array.isArray(expected)) {
      return expected.some((filter) => filterMatches(filter, event[field]));
    }
    const nested = requireFields(expected, field);
    const values = Array.isArray(event[field]) ? event[field] : [event[field]];
    return values.some((value) => patternMatches(nested, isJsonObject(value) ? value : {}));
  });
}

function filterMatches(filter: unknown, value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!isJsonObject(filter)) return values.includes(filter);
  const [kind = '', argument] = Object.entries(filter)[0] ?? [];
  switch (kind) {
    case 'exists':
      return (value !== undefined) === argument;
    case 'anything-but': {
      const refused: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
      return value !== undefined && !refused.some((each) => filterMatches(each, value));
    }
    case 'numeric':
      return values.some((each) => typeof each === 'number' && numberMatches(argument, each));
    default:
      return values.some((each) => typeof each === 'string' && textMatches(kind, argument, each));
  }
}

function textMatches(kind: string, argument: unknown, text: string): boolean {
  if (isJsonObject(argument) && 'equals-ignore-case' in argument) {
    const lowered = String(argument['equals-ignore-case']).toLowerCase();
    return textMatches(kind, lowered, text.toLowerCase());
  }
  const expected = String(argument);
  switch (kind) {
    case 'prefix':
      return text.startsWith(expected);
    case 'suffix':
      return text.endsWith(expected);
    case 'wildcard':
      return wildcardMatches(expected, text);
    case 'equals-ignore-case':
      return text.toLowerCase() === expected.toLowerCase();
    default:
      return false;
  }
}

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** `[">", 0, "<=", 5]` */
function numberMatches(ranges: unknown, value: number): boolean {
  if (!Array.isArray(ranges)) throw invalidPattern('numeric needs a list');
  const pairs = ranges.flatMap((operator: unknown, index) =>
    index % 2 === 0 ? [{ operator: String(operator), limit: Number(ranges[index + 1]) }] : [],
  );
  return pairs.every(({ operator, limit }) => {
    const compare = comparisons[operator];
    if (compare === undefined) throw invalidPattern(`Unrecognized numeric operator ${operator}`);
    return compare(value, limit);
  });
}

function requireFields(value: unknown, field = '$or'): Fields {
  if (isJsonObject(value)) return value;
  throw invalidPattern(`"${field}" must be an object or an array`);
}

function invalidPattern(reason: string): AwsError {
  return new AwsError(
    'InvalidEventPatternException',
    `Event pattern is not valid. Reason: ${reason}`,
  );
}
