import type { FileSyntax } from './file-syntax.ts';
import type { SyntaxNode } from './syntax-node.ts';

const statementEnd = /_statement$|_declaration$|^(?:statement_block|class_body|program)$/;

/**
 * The names that say what a value is for: the variable, property or key that takes it, and the
 * function around. In one text, to be searched.
 */
export function namesAround(syntax: FileSyntax, value: SyntaxNode): string {
  const names: string[] = [];
  for (let node = value.parent; node !== null; node = node.parent) {
    const target = node.child('left') ?? node.child('key') ?? node.child('name');
    if (target !== undefined && !target.contains(value)) names.push(target.text);
    if (statementEnd.test(node.type)) break;
  }
  const around = syntax.scopes.around(value)?.definition?.qualifiedName;
  return [...names, around ?? ''].join(' ');
}
