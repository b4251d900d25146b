import { maxPageSize } from './connections.ts';

type Fields = Record<string, unknown>;

/**
 * Whether an entity, as queries show it, is what a filter asks for. A filter that is not understood is an
 * error: an answer would be wrong in silence.
 */
export function isWanted(filter: unknown, entity: unknown): boolean {
  if (!isFields(filter)) return true;
  return Object.entries(filter).every(([name, condition]) => holds(name, condition, entity));
}

function holds(name: string, condition: unknown, value: unknown): boolean {
  if (condition === undefined) return true;
  if (name === 'and') return listOf(condition).every((part) => isWanted(part, value));
  if (name === 'or') return listOf(condition).some((part) => isWanted(part, value));
  if (Array.isArray(value)) return holdsForList({ name, condition, list: value });
  const compare = comparisons[name];
  if (compare !== undefined && !isFields(value)) return compare(value, condition);
  if (name === 'null') return (value === null) === condition;
  if (value === null) return false;
  if (!isFields(value) || !(name in value)) throw new Error(`No filter by ${name} here`);
  return isWanted(condition, filterable(value[name]));
}

/** A field of other entities is a function; connections are filtered by all of their nodes. */
function filterable(field: unknown): unknown {
  if (typeof field !== 'function') return field;
  const result: unknown = field({ first: maxPageSize });
  return isFields(result) && 'nodes' in result ? result['nodes'] : result;
}

function holdsForList({
  name,
  condition,
  list,
}: {
  name: string;
  condition: unknown;
  list: unknown[];
}): boolean {
  if (name === 'some') return list.some((item) => isWanted(condition, item));
  if (name === 'every') return list.every((item) => isWanted(condition, item));
  return list.some((item) => holds(name, condition, item));
}

/** Times are compared as numbers: `2026-11-22T10:00:00Z` is not less than `2026-11-22T10:00:00.000Z`. */
const time = (value: unknown): number => Date.parse(String(value));
const lower = (value: unknown): string => String(value).toLowerCase();

const comparisons: Record<string, (value: unknown, condition: unknown) => boolean> = {
  eq: (value, condition) => value === condition,
  neq: (value, condition) => value !== condition,
  in: (value, condition) => listOf(condition).includes(value),
  nin: (value, condition) => !listOf(condition).includes(value),
  eqIgnoreCase: (value, condition) => lower(value) === lower(condition),
  startsWith: (value, condition) => String(value).startsWith(String(condition)),
  contains: (value, condition) => String(value).includes(String(condition)),
  containsIgnoreCase: (value, condition) => lower(value).includes(lower(condition)),
  gt: (value, condition) => time(value) > time(condition),
  gte: (value, condition) => time(value) >= time(condition),
  lt: (value, condition) => time(value) < time(condition),
  lte: (value, condition) => time(value) <= time(condition),
};

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
