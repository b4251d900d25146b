import type { SyntaxNode } from '../syntax-node.ts';

/** The string that stands first in a module, class or function. */
export function docstringOf(block: SyntaxNode | undefined): SyntaxNode | undefined {
  const first = block?.children.find((child) => child.type !== 'comment');
  const string = first?.type === 'expression_statement' ? first.children[0] : undefined;
  if (string === undefined) return undefined;
  return string.type === 'string' || string.type === 'concatenated_string' ? string : undefined;
}

/** Strings that stand alone as a statement: docstrings and what is used as a comment. */
export function isBareString(string: SyntaxNode): boolean {
  return string.parent?.type === 'expression_statement' && string.parent.children.length === 1;
}
