import { alternatives } from '../syntax/word-lists.ts';
import type { PythonContext } from './python-context.ts';

/** Whoever is given a function by one of these calls it when the loop has gone on. */
const keepingMethods = `
  append add insert setdefault register connect subscribe submit bind on put after call_\\w+ add_\\w+`;
const keepingMakers = 'partial Thread Timer Process create_task ensure_future';
const keeping = new RegExp(
  [
    String.raw`\.(?:${alternatives(keepingMethods)})\(`,
    String.raw`\b(?:${alternatives(keepingMakers)})\(`,
    String.raw`callback|\]\s*=|\bself\.\w+\s*=|\breturn\b|\byield\b`,
  ].join('|'),
);

/**
 * True when a function made in a loop is called within the same turn, as far as the code tells: then it
 * sees the value that its author meant.
 * @param row a line of the function
 */
export function isCalledInItsTurn(row: number, context: PythonContext): boolean {
  const line = context.line(row);
  if (/\blambda\b/.test(line)) return !keeping.test(line);
  const maker = context.enclosing('def', row);
  if (maker === undefined) return !keeping.test(line);
  // Comprehensions and lambdas over several lines stand directly in the function with the loop.
  const outside = context.enclosing('def', maker.row - 1);
  const surroundings = outside === undefined ? context.line(maker.row) : context.body(outside);
  const mentions = surroundings
    .split('\n')
    .filter((other) => new RegExp(String.raw`\b${maker.name}\b`).test(other))
    .filter((other) => !new RegExp(String.raw`\bdef\s+${maker.name}\b`).test(other));
  const handsOn = new RegExp(String.raw`\b${maker.name}\b(?!\()`);
  return !mentions.some((other) => handsOn.test(other) && keeping.test(other));
}

/**
 * True when a file that is opened without `with` has an owner: it is closed in a `finally`, returned,
 * yielded or kept by the function that opens it.
 */
export function isClosedByItsOwner(row: number, context: PythonContext): boolean {
  const line = context.line(row);
  if (/\bself\.\w+\s*=|\breturn\b|\byield\b/.test(line)) return true;
  const name = /^\s*(\w+)\s*(?::[^=]+)?=(?!=)/.exec(line)?.[1];
  const owner = context.enclosing('def', row);
  if (name === undefined || owner === undefined) return false;
  // `if file is None: file = open(…)`: the caller may have opened it, and gets it back.
  if (new RegExp(String.raw`[(,]\s*${name}\b`).test(owner.text)) return true;
  const body = context.body(owner);
  const closes = new RegExp(
    String.raw`\bfinally\s*:[^]*\b(?:${name}\.close|close_\w+|\w*clos\w*|unlink)\(`,
  );
  const handsOn = new RegExp(
    String.raw`\b(?:return|yield)\s+\(?(?:[\w.]+\s*,\s*)*${name}\s*(?:[,)#]|$)|\.\w+\s*=\s*${name}\b|\bwith\s+${name}\b|\w*[cC]los\w*\s*=\s*True`,
    'm',
  );
  return closes.test(body) || handsOn.test(body);
}
