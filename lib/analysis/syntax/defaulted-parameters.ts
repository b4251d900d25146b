import type { FunctionUnit } from './function-unit.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** A parameter with a default value, in whichever language. */
export interface DefaultedParameter {
  name: string;
  node: SyntaxNode;
  value: SyntaxNode;
  /** The declared type as written, without its colon; null without one. */
  type: string | null;
}

export function defaultedParameters(unit: FunctionUnit): DefaultedParameter[] {
  return (unit.node.child('parameters')?.children ?? []).flatMap((node) => {
    const value = node.child('value');
    const name = node.child('name') ?? node.child('pattern');
    if (value === undefined || name?.type !== 'identifier') return [];
    const type = node.child('type')?.text.replace(/^:\s*/, '') ?? null;
    return [{ name: name.text, node, value, type }];
  });
}

/** What kind of literal a value is; null for anything computed. */
export function literalKind(
  value: SyntaxNode,
): 'number' | 'string' | 'boolean' | 'nothing' | 'collection' | null {
  switch (value.type) {
    case 'integer':
    case 'float':
    case 'number':
      return 'number';
    case 'unary_operator':
    case 'unary_expression':
      return /^[-+]\s*[\d.]+$/.test(value.text) ? 'number' : null;
    case 'string':
      return 'string';
    case 'true':
    case 'false':
      return 'boolean';
    case 'none':
    case 'null':
    case 'undefined':
      return 'nothing';
    case 'list':
    case 'dictionary':
    case 'set':
    case 'array':
    case 'object':
      return 'collection';
    case 'identifier':
      return value.text === 'undefined' ? 'nothing' : null;
    default:
      return null;
  }
}
