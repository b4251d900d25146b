import type { DefinitionFact } from '../facts.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** A function of a file, named or not: what checks and call facts are told about. */
export interface FunctionUnit {
  node: SyntaxNode;
  /** A block, or the expression of a lambda or short arrow function; none for a signature. */
  body: SyntaxNode | undefined;
  isAsync: boolean;
  /** Parameter names in order, without self and cls; a pattern counts as one name. */
  parameters: string[];
  /** Cyclomatic, 1 for straight code; functions inside count for themselves. */
  complexity: number;
  /** Deepest nesting of control flow, 0 for straight code. */
  nesting: number;
  /** What the file defines by it; null for an anonymous one. */
  definition: DefinitionFact | null;
}

/** A definition with the node that makes it. */
export interface Definition {
  fact: DefinitionFact;
  node: SyntaxNode;
}

/** How a language spells the parts of functions that are measured. */
export interface ControlFlow {
  functions: ReadonlySet<string>;
  /** Nodes that add one path each. */
  decisions: ReadonlySet<string>;
  /** Nodes whose inside is one level deeper. */
  levels: ReadonlySet<string>;
  /** A decision that is none after all: the default branch of a match. */
  isException(node: SyntaxNode): boolean;
}

/** Measures what belongs to the function itself; functions inside count for themselves. */
export function measureControlFlow(
  inside: Iterable<SyntaxNode>,
  language: ControlFlow,
): { complexity: number; nesting: number } {
  let complexity = 1;
  let nesting = 0;
  /** The levels around the node at hand, by the index of their last node. */
  const levels: number[] = [];
  for (const node of inside) {
    while ((levels.at(-1) ?? node.index) < node.index) levels.pop();
    if (language.levels.has(node.type) && !continuesChain(node)) {
      levels.push(node.lastIndex);
      nesting = Math.max(nesting, levels.length);
    }
    if (language.decisions.has(node.type) && !language.isException(node)) complexity += 1;
  }
  return { complexity, nesting };
}

/** `else if` stands beside the `if` before it, not inside. */
function continuesChain(node: SyntaxNode): boolean {
  return node.type === 'if_statement' && node.parent?.type === 'else_clause';
}

/** Finds the function around a node, through blocks and expressions. */
export class FunctionScopes {
  /** In source order, outer ones first. */
  readonly units: readonly FunctionUnit[];
  private readonly outer = new Map<FunctionUnit, FunctionUnit>();

  constructor(units: readonly FunctionUnit[]) {
    this.units = units;
    for (const unit of units) {
      const outer = this.around(unit.node);
      if (outer !== undefined) this.outer.set(unit, outer);
    }
  }

  /** The innermost function around this node; for a function the one that it stands in. */
  around(node: SyntaxNode): FunctionUnit | undefined {
    let unit = this.lastBefore(node.index);
    while (unit !== undefined && !unit.node.contains(node)) unit = this.outer.get(unit);
    return unit;
  }

  /** Qualified name of the nearest function around that has a name; null at module level. */
  nameAround(node: SyntaxNode): string | null {
    let unit = this.around(node);
    while (unit !== undefined && unit.definition === null) unit = this.around(unit.node);
    return unit?.definition?.qualifiedName ?? null;
  }

  /** The last function that begins before the node with this index. */
  private lastBefore(index: number): FunctionUnit | undefined {
    let low = 0;
    let high = this.units.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.units[middle]?.node.index ?? index) < index) low = middle + 1;
      else high = middle;
    }
    return this.units[low - 1];
  }
}
