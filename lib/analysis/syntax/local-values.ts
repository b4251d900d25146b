import type { FileSyntax } from './file-syntax.ts';
import type { SyntaxNode } from './syntax-node.ts';

/**
 * What an expression is: for a name that is declared once with a value, in the same function or in
 * the module, that value; for anything else the expression itself.
 */
export function valueBehind(syntax: FileSyntax, expression: SyntaxNode): SyntaxNode {
  if (expression.type !== 'identifier') return expression;
  const around = syntax.scopes.around(expression);
  if (around?.parameters.includes(expression.text) === true) return expression;
  const declared = syntax.tree.ofType('variable_declarator').filter((declarator) => {
    if (declarator.child('name')?.text !== expression.text) return false;
    const scope = syntax.scopes.around(declarator);
    return scope === undefined || scope === around;
  });
  return declared.length === 1 ? (declared[0]?.child('value') ?? expression) : expression;
}

/** The expressions that a template or a concatenation is put together from, texts left out. */
export function computedParts(expression: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  const open = [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'binary_expression' && node.childOfType('+') !== undefined) {
      open.push(...[node.child('right'), node.child('left')].filter((side) => side !== undefined));
    } else if (node.type === 'template_string') {
      const holes = node.children.filter((child) => child.type === 'template_substitution');
      parts.push(...holes.flatMap((hole) => hole.children.slice(0, 1)));
    } else if (node.type === 'parenthesized_expression') {
      open.push(...node.children);
    } else if (node.type !== 'string') {
      parts.push(node);
    }
  }
  return parts;
}

/** Whether a text is put together from literal text and something computed. */
export function isBuiltText(expression: SyntaxNode): boolean {
  if (expression.type === 'template_string') return computedParts(expression).length > 0;
  if (expression.type !== 'binary_expression') return false;
  return /["'`]/.test(expression.text) && computedParts(expression).length > 0;
}
