import type { Guarded } from '../call-facts.ts';
import { argumentsOf } from '../call-facts.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { functionTypes } from './function-types.ts';

/** Generated code can chain thousands of calls: nobody guards one from further out than this. */
const deepestGuard = 500;

/** What happens when this call throws or rejects: the nearest `try` or `.catch` says. */
export function ecmascriptGuard(node: SyntaxNode): Guarded {
  let inner = node;
  let outer = node.parent;
  for (let level = 0; outer !== null && level < deepestGuard; level += 1) {
    if (functionTypes.has(outer.type) && !isAwaited(outer)) return 'no';
    if (outer.type === 'try_statement' && inner.field === 'body') {
      const handler = outer.child('handler');
      if (handler !== undefined) return dropsError(handler) ? 'swallowed' : 'handled';
    }
    const rejection = rejectionHandler(outer, inner);
    if (rejection !== undefined) return isNoop(rejection) ? 'swallowed' : 'handled';
    inner = outer;
    outer = outer.parent;
  }
  return 'no';
}

/** `await retry(() => fetch(url))`: what a callback rejects with arrives where its caller is awaited. */
function isAwaited(callback: SyntaxNode): boolean {
  let outer = callback.parent;
  while (outer !== null && !functionTypes.has(outer.type) && !outer.type.endsWith('_statement')) {
    if (outer.type === 'await_expression') return true;
    outer = outer.parent;
  }
  return false;
}

/** Does nothing, goes on, or answers with a constant, as if nothing had happened. */
export function dropsError(handler: SyntaxNode): boolean {
  return statementsOf(handler.child('body')).every(isTrivial);
}

/** The handler of `inner.catch(handler)` or `inner.then(_, handler)`, where `outer` is that call. */
function rejectionHandler(outer: SyntaxNode, inner: SyntaxNode): SyntaxNode | undefined {
  if (outer.type !== 'call_expression' || inner.field !== 'function') return undefined;
  const method = inner.child('property')?.text;
  const [first, second] = argumentsOf(outer);
  if (method === 'catch') return first;
  return method === 'then' ? second : undefined;
}

/** A function that drops whatever it is given. */
export function isNoop(handler: SyntaxNode): boolean {
  if (!functionTypes.has(handler.type)) return false;
  const body = handler.child('body');
  if (body?.type === 'statement_block') return statementsOf(body).every(isTrivial);
  return body !== undefined && isConstant(body);
}

function statementsOf(block: SyntaxNode | undefined): SyntaxNode[] {
  return (block?.children ?? []).filter((child) => child.type !== 'comment');
}

function isTrivial(statement: SyntaxNode): boolean {
  if (statement.type === 'continue_statement' || statement.type === 'break_statement') return true;
  if (statement.type === 'empty_statement') return true;
  if (statement.type !== 'return_statement') return false;
  const value = statement.children.find((child) => child.type !== 'return');
  return value === undefined || isConstant(value);
}

const constants = new Set(['undefined', 'null', 'true', 'false', 'string', 'number']);

function isConstant(value: SyntaxNode): boolean {
  if (constants.has(value.type)) return true;
  if (value.type === 'parenthesized_expression') return value.children.every(isConstant);
  if (value.type === 'array' || value.type === 'object') return value.children.length === 0;
  return value.type === 'identifier' && value.text === 'undefined';
}
