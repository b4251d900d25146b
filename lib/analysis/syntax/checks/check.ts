import type { Hit } from '../../rule.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { FunctionUnit } from '../function-unit.ts';

/** A hit in the file at hand. */
export type CheckHit = Omit<Hit, 'path'>;

/** Looks for one kind of defect in one file. */
export type Check = (syntax: FileSyntax) => CheckHit[];

/** How a message names a function: `load`, or what it is called where it has no name. */
export function nameOf(unit: FunctionUnit): string {
  return unit.definition === null
    ? 'An anonymous function'
    : `\`${unit.definition.qualifiedName}\``;
}

/** A hit inside this function, which becomes its symbol unless it has no name. */
export function hitIn(unit: FunctionUnit | undefined, hit: CheckHit): CheckHit {
  const symbol = unit?.definition?.qualifiedName;
  return symbol === undefined ? hit : { ...hit, symbol };
}
