import type { SyntaxNode } from './syntax-node.ts';
import type { SyntaxTree } from './syntax-tree.ts';

/** Something that runs its body again and again. */
export interface Loop {
  node: SyntaxNode;
  body: SyntaxNode;
  /** What it goes over; none for `while` and counting loops. */
  iterable: SyntaxNode | undefined;
  /** The variable that takes each item. */
  item: SyntaxNode | undefined;
}

const statements = new Set([
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
]);
const functions = new Set([
  'function_definition',
  'lambda',
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'arrow_function',
  'method_definition',
]);
const iterating = /^(?:map|forEach|flatMap|filter|some|every|reduce|find|findIndex)$/;

/**
 * The loops around a node in the same function, innermost first. Callbacks of `map` and its like
 * are loops too.
 */
export function loopsAround(node: SyntaxNode): Loop[] {
  const loops: Loop[] = [];
  let inner = node;
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (statements.has(outer.type) && inner.field === 'body') loops.push(loopOf(outer, inner));
    if (functions.has(outer.type)) {
      const callback = callbackLoop(outer);
      if (callback === undefined) return loops;
      if (inner.field === 'body') loops.push(callback);
    }
    inner = outer;
  }
  return loops;
}

function loopOf(node: SyntaxNode, body: SyntaxNode): Loop {
  const goesOver = node.type !== 'while_statement' && node.type !== 'do_statement';
  return {
    node,
    body,
    iterable: goesOver ? node.child('right') : undefined,
    item: goesOver ? node.child('left') : undefined,
  };
}

/** `items.map((item) => …)`. */
function callbackLoop(callback: SyntaxNode): Loop | undefined {
  const call = callback.parent?.parent;
  const callee = call?.type === 'call_expression' ? call.child('function') : undefined;
  const body = callback.child('body');
  if (callback.parent?.type !== 'arguments' || callee === undefined || body === undefined) {
    return undefined;
  }
  if (!iterating.test(callee.child('property')?.text ?? '')) return undefined;
  const parameters = callback.child('parameters')?.children ?? [];
  const isReduce = callee.child('property')?.text === 'reduce';
  const parameter = parameters[isReduce ? 1 : 0];
  const item = callback.child('parameter') ?? parameter?.child('pattern') ?? parameter;
  return { node: callback, body, iterable: callee.child('object'), item };
}

const nameTypes = new Set(['identifier', 'shorthand_property_identifier_pattern']);

/** The names that get a value inside the loop: its item, and all that is assigned in its body. */
export function namesBoundIn(loop: Loop, tree: SyntaxTree): Set<string> {
  const names = new Set<string>();
  const add = (pattern: SyntaxNode | undefined) => {
    if (pattern === undefined) return;
    for (const node of [pattern, ...tree.inside(pattern)]) {
      if (nameTypes.has(node.type)) names.add(node.text);
    }
  };
  add(loop.item);
  for (const node of tree.inside(loop.body)) {
    const binds = node.field === 'left' || node.field === 'alias' || node.field === 'pattern';
    if (binds || (node.field === 'name' && node.parent?.type === 'variable_declarator')) add(node);
  }
  return names;
}

/** Whether any of these names is read in the subtree. */
export function readsAny(tree: SyntaxTree, root: SyntaxNode, names: ReadonlySet<string>): boolean {
  return [root, ...tree.inside(root)].some(
    (node) => node.type.endsWith('identifier') && names.has(node.text) && node.field !== 'property',
  );
}
