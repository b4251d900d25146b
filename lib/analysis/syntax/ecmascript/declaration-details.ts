import { dottedName } from '../dotted-name.ts';
import type { SyntaxNode } from '../syntax-node.ts';

/** Comments that speak to tools say nothing about what follows. */
const directive = /^\/[/*]+\s*(?:eslint|oxlint|prettier|oxfmt|biome|@ts-|c8|v8|istanbul|#)/;

/** Nodes that only wrap a declaration; the comment stands in front of the outermost. */
const wrapping = new Set([
  'variable_declarator',
  'lexical_declaration',
  'variable_declaration',
  'export_statement',
  'ambient_declaration',
  'public_field_definition',
  'assignment_expression',
  'expression_statement',
  'class',
]);

/** The comment that ends on the line above the declaration, or on its own line before it. */
export function commentOn(declaration: SyntaxNode): SyntaxNode | undefined {
  let before = outermost(declaration).previous;
  while (before?.type === 'decorator') before = before.previous;
  if (before?.type !== 'comment' || directive.test(before.text)) return undefined;
  return outermost(declaration).line - before.endLine <= 1 ? before : undefined;
}

export function isDocumented(declaration: SyntaxNode): boolean {
  return commentOn(declaration) !== undefined;
}

function outermost(declaration: SyntaxNode): SyntaxNode {
  let node = declaration;
  while (node.parent !== null && wrapping.has(node.parent.type)) node = node.parent;
  return node;
}

/** Decorators stand inside a class, before its `export`, and as siblings before a member. */
export function decoratorNames(declaration: SyntaxNode): string[] {
  const own = [...(outermost(declaration).children ?? []), ...declaration.children];
  const found = new Set(own.filter((child) => child.type === 'decorator'));
  for (let before = declaration.previous; before?.type === 'decorator'; before = before.previous) {
    found.add(before);
  }
  return [...found].flatMap((decorator) => {
    const expression = decorator.children.find((child) => child.type !== '@');
    return expression === undefined ? [] : [dottedName(expression).replaceAll('()', '')];
  });
}

/** Extended class and implemented interfaces, as written. */
export function baseNames(declaration: SyntaxNode): string[] {
  const heritage = declaration.children.filter(
    (child) => child.type === 'class_heritage' || child.type === 'extends_type_clause',
  );
  const clauses = heritage.flatMap((node) =>
    node.type === 'class_heritage' ? node.children : [node],
  );
  return clauses
    .flatMap((clause) => clause.children)
    .filter((child) => !['extends', 'implements', 'type_arguments'].includes(child.type))
    .map((child) => child.text);
}

/** No body, an empty one, or one that only throws "not implemented". */
export function isStub(declaration: SyntaxNode): boolean {
  const body = declaration.child('body');
  if (body === undefined) return true;
  if (body.type !== 'statement_block') return false;
  const statements = body.children.filter((child) => child.type !== 'comment');
  const [first] = statements;
  if (first === undefined) return true;
  const throws = statements.length === 1 && first.type === 'throw_statement';
  return throws && /not.?implemented|abstract|must (?:be )?(?:implement|overrid)/i.test(first.text);
}
