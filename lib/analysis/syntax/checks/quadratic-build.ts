import type { Severity } from '../../../domain/finding.ts';
import { calleeOf } from '../call-facts.ts';
import { dottedName } from '../dotted-name.ts';
import type { FileSyntax } from '../file-syntax.ts';
import { type Loop, loopsAround, namesBoundIn } from '../loops.ts';
import { resolvedCalls } from '../resolved-calls.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { type CheckHit, hitIn } from './check.ts';

/** Accumulators that are copied as a whole for every item that is added. */
export function checkQuadraticBuild(syntax: FileSyntax): CheckHit[] {
  const found = [
    ...copyingAssignments(syntax),
    ...copyingReductions(syntax),
    ...growingTexts(syntax),
    ...shifts(syntax),
  ];
  return found.map(({ place, name, severity }) =>
    hitIn(syntax.scopes.around(place), {
      rule: 'quadratic-build',
      severity,
      line: place.line,
      message: `All of \`${name}\` is copied or moved for every item that is added to it.`,
    }),
  );
}

interface Copying {
  place: SyntaxNode;
  name: string;
  severity: Severity;
}

/** A place that is the same one in every turn. */
const fixedPlace = /^(?:(?:this|self)\.)?#?[\w$]+$/;

/** `list = [...list, item]` in a loop that the list outlives. */
function copyingAssignments({ tree }: FileSyntax): Copying[] {
  return tree.ofTypes(['assignment_expression', 'assignment']).flatMap((assignment) => {
    const left = assignment.child('left');
    const right = assignment.child('right');
    const loop = left === undefined ? undefined : repeating(loopsAround(assignment));
    if (left === undefined || right === undefined || loop === undefined) return [];
    if (!fixedPlace.test(left.text) || !copies(right, left.text)) return [];
    if (loop.item?.text === left.text || isFreshInside(tree, loop, left)) return [];
    return [{ place: assignment, name: left.text, severity: 'low' }];
  });
}

/** The innermost loop, unless it leaves in the turn that assigns. */
function repeating(loops: readonly Loop[]): Loop | undefined {
  const [loop] = loops;
  return loop?.body.children.some((child) => child.type === 'break_statement') ? undefined : loop;
}

/** Declared or emptied in the loop's own body: it does not grow from turn to turn. */
function isFreshInside(tree: SyntaxTree, loop: Loop, name: SyntaxNode): boolean {
  const others = tree.inside(loop.body).filter((node) => {
    const binds = node.parent?.type === 'variable_declarator' && node.field === 'name';
    const assigns = node.field === 'left' && node.parent?.type.startsWith('assignment') === true;
    return node !== name && node.text === name.text && (binds || assigns);
  });
  return others.some((other) => {
    const value = other.parent?.child('right') ?? other.parent?.child('value');
    return value === undefined || !copies(value, name.text);
  });
}

/** The value begins with all of the name: a spread, `concat`, or (in Python) `+ [item]`. */
function copies(value: SyntaxNode, name: string): boolean {
  if (value.type === 'array' || value.type === 'object') return spreads(value, name);
  if (value.type === 'binary_operator') return addsToList(value, name);
  if (value.type === 'call_expression') return dottedName(value) === `${name}.concat()`;
  const callee = value.type === 'call' ? dottedName(value) : '';
  const joins =
    /^(?:pd|pandas)\.concat\(\)$|^(?:np|numpy)\.(?:append|concatenate|vstack|hstack)\(\)$/;
  const joined = value.child('arguments')?.text ?? '';
  return joins.test(callee) && joined.replaceAll(/[([\s]/g, '').startsWith(`${name},`);
}

function addsToList(sum: SyntaxNode, name: string): boolean {
  const added = sum.child('right')?.type ?? '';
  const isList = added === 'list' || added === 'list_comprehension';
  return isList && sum.child('left')?.text === name && sum.childOfType('+') !== undefined;
}

function spreads(literal: SyntaxNode, name: string): boolean {
  return literal.children.some(
    (child) => child.type === 'spread_element' && child.children.at(-1)?.text === name,
  );
}

/** `reduce((all, item) => [...all, item], …)`. */
function copyingReductions(syntax: FileSyntax): Copying[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const [callback] = call.arguments;
    if (callback === undefined || !/\.reduce(?:Right)?$/.test(call.name)) return [];
    const accumulator = callback.child('parameters')?.children[0]?.child('pattern')?.text;
    const body = callback.child('body');
    if (accumulator === undefined || body === undefined) return [];
    const place = returnedValues(syntax.tree, body).find((value) => copies(value, accumulator));
    return place === undefined ? [] : [{ place, name: accumulator, severity: 'low' }];
  });
}

function returnedValues(tree: SyntaxTree, body: SyntaxNode): SyntaxNode[] {
  const returned =
    body.type === 'statement_block'
      ? tree.inside(body).filter((node) => node.parent?.type === 'return_statement')
      : [body];
  return returned.map((node) =>
    node.type === 'parenthesized_expression' ? (node.children[0] ?? node) : node,
  );
}

/** `text += part` in a Python loop, where the text began as a literal; JavaScript joins lazily. */
function growingTexts({ tree, scopes }: FileSyntax): Copying[] {
  return tree.ofType('augmented_assignment').flatMap((assignment) => {
    const left = assignment.child('left');
    const loop = repeating(loopsAround(assignment));
    if (left?.type !== 'identifier' || loop?.iterable === undefined) return [];
    if (assignment.childOfType('+=') === undefined || isFreshInside(tree, loop, left)) return [];
    const around = scopes.around(assignment);
    const beginsAsText = tree
      .ofType('assignment')
      .some(
        (other) =>
          other.child('left')?.text === left.text &&
          other.child('right')?.type === 'string' &&
          scopes.around(other) === around,
      );
    return beginsAsText ? [{ place: assignment, name: left.text, severity: 'info' }] : [];
  });
}

/** `list.insert(0, item)` in a Python loop moves everything else each time. */
function shifts(syntax: FileSyntax): Copying[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const callee = calleeOf(call.node);
    const object = callee?.child('object');
    const isInsert =
      callee?.child('attribute')?.text === 'insert' && call.arguments[0]?.text === '0';
    if (!isInsert || object === undefined || object.text === 'sys.path') return [];
    const [loop] = loopsAround(call.node);
    if (loop?.iterable === undefined || namesBoundIn(loop, syntax.tree).has(object.text)) return [];
    return [{ place: call.node, name: object.text, severity: 'info' }];
  });
}
