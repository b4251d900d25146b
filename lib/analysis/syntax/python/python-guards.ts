import type { Guarded } from '../call-facts.ts';
import { dottedName } from '../dotted-name.ts';
import type { SyntaxNode } from '../syntax-node.ts';

const boundaries = new Set(['function_definition', 'lambda', 'class_definition']);

/** Generated code can nest thousands of calls: nobody guards one from further out than this. */
const deepestGuard = 500;

/** What happens when this node raises: the nearest `try` or `suppress` in the same function says. */
export function pythonGuard(node: SyntaxNode): Guarded {
  let inner = node;
  let outer = node.parent;
  for (let level = 0; outer !== null && level < deepestGuard; level += 1) {
    if (boundaries.has(outer.type) && !isHandedOn(outer)) return 'no';
    if (outer.type === 'with_statement' && inner.field === 'body' && suppresses(outer)) {
      return 'swallowed';
    }
    if (outer.type === 'try_statement' && inner.field === 'body') {
      const handlers = outer.children.filter((child) => child.type === 'except_clause');
      if (handlers.length > 0) return handlers.every(dropsError) ? 'swallowed' : 'handled';
    }
    inner = outer;
    outer = outer.parent;
  }
  return 'no';
}

/** `retry(lambda: fetch(url))`: who is given a lambda calls it right there more often than later. */
function isHandedOn(node: SyntaxNode): boolean {
  return node.type === 'lambda' && node.parent?.type === 'argument_list';
}

/** Does nothing, goes on, or answers with a constant, as if nothing had happened. */
export function dropsError(handler: SyntaxNode): boolean {
  const block = handler.childOfType('block');
  const statements = block?.children.filter((child) => child.type !== 'comment') ?? [];
  return statements.every(isTrivial);
}

const trivialStatements = new Set(['pass_statement', 'continue_statement', 'break_statement']);
const constants = new Set(['none', 'true', 'false', 'string', 'integer', 'list', 'dictionary']);

function isTrivial(statement: SyntaxNode): boolean {
  if (trivialStatements.has(statement.type)) return true;
  const [first, second] = statement.children;
  if (statement.type === 'expression_statement') return first?.type === 'ellipsis';
  if (statement.type !== 'return_statement') return false;
  const value = first?.type === 'return' ? second : first;
  return value === undefined || (constants.has(value.type) && isEmptyLiteral(value));
}

function isEmptyLiteral(value: SyntaxNode): boolean {
  const holds = value.type === 'list' || value.type === 'dictionary';
  return !holds || value.children.length === 0;
}

function suppresses(statement: SyntaxNode): boolean {
  const items = statement.childOfType('with_clause')?.children ?? [];
  return items.some((item) => {
    const callee = item.child('value')?.child('function');
    return callee !== undefined && /(?:^|\.)suppress$/.test(dottedName(callee));
  });
}
