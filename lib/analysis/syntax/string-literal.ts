import type { SyntaxNode } from './syntax-node.ts';

const longestLiteral = 200;

const stringTypes = new Set(['string', 'template_string', 'concatenated_string']);
const holes = new Set(['interpolation', 'template_substitution']);
const joins = new Set(['binary_operator', 'binary_expression']);

/**
 * The value of a string literal, escapes as written. Where the string goes on with something
 * computed (a template, `+`, `%`), its literal head and `…`. Null for anything else.
 */
export function literalText(expression: SyntaxNode | undefined): string | null {
  if (expression === undefined) return null;
  const first = leftmost(expression);
  if (!stringTypes.has(first.type)) return null;
  const head = first.type === 'concatenated_string' ? (first.children[0] ?? first) : first;
  const whole = head === expression;
  const { text, complete } = headOf(head);
  const shown = text.slice(0, longestLiteral);
  return whole && complete ? shown : `${shown}…`;
}

/** The whole value of a string without anything computed in it; null for anything else. */
export function plainString(expression: SyntaxNode | undefined): string | null {
  if (expression === undefined || !stringTypes.has(expression.type)) return null;
  const { text, complete } = headOf(expression);
  return complete ? text : null;
}

function headOf(string: SyntaxNode): { text: string; complete: boolean } {
  const opening = /^[A-Za-z]{0,3}("""|'''|["'`])/.exec(string.text);
  const quote = opening?.[1]?.length ?? 0;
  const start = opening?.[0].length ?? 0;
  const hole = string.children.find((child) => holes.has(child.type));
  const end = hole === undefined ? string.end - quote : hole.start;
  return { text: string.text.slice(start, end - string.start), complete: hole === undefined };
}

function leftmost(expression: SyntaxNode): SyntaxNode {
  let node = expression;
  while (joins.has(node.type)) {
    const left = node.child('left');
    if (left === undefined) return node;
    node = left;
  }
  return node;
}
