import type { Severity } from '../../../domain/finding.ts';
import { calleeOf } from '../call-facts.ts';
import type { FileSyntax } from '../file-syntax.ts';
import { type Loop, loopsAround, namesBoundIn, readsAny } from '../loops.ts';
import { type ResolvedCall, resolvedCalls } from '../resolved-calls.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { type CheckHit, hitIn } from './check.ts';

const searches = /^(?:find|findIndex|findLast|filter|some)$/;

/** Linear searches through one collection for every item of another. */
export function checkNestedFind(syntax: FileSyntax): CheckHit[] {
  return [...callbackSearches(syntax), ...listMemberships(syntax)].map(
    ({ place, list, severity }) =>
      hitIn(syntax.scopes.around(place), {
        rule: 'nested-find',
        severity,
        line: place.line,
        message: `\`${list}\` is searched from its start in every turn of the loop.`,
      }),
  );
}

interface Search {
  place: SyntaxNode;
  list: string;
  severity: Severity;
}

/** `users.find((user) => user.id === order.userId)` for every order. */
function callbackSearches(syntax: FileSyntax): Search[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const callee = calleeOf(call.node);
    const list = callee?.child('object');
    if (list === undefined || !searches.test(callee?.child('property')?.text ?? '')) return [];
    const loop = loopsAround(call.node).find(({ iterable }) => iterable !== undefined);
    if (loop === undefined || !isLongLived({ list, loop, tree: syntax.tree })) return [];
    if (!comparesWithItem(syntax.tree, call, loop)) return [];
    return [{ place: call.node, list: list.text.slice(0, 60), severity: 'low' }];
  });
}

/** A name, or a path of names, that does not change from turn to turn. */
function isLongLived(place: { list: SyntaxNode; loop: Loop; tree: SyntaxTree }): boolean {
  const { list, loop, tree } = place;
  if (!/^[\w$.]+$/.test(list.text)) return false;
  return !namesBoundIn(loop, tree).has(list.text.split('.')[0] ?? '');
}

/** The callback is one `===` between its own parameter and something of the loop's item. */
function comparesWithItem(tree: SyntaxTree, call: ResolvedCall, loop: Loop): boolean {
  const [callback] = call.arguments;
  const body = callback?.child('body');
  if (callback === undefined || body === undefined) return false;
  const bound = namesBoundIn(loop, tree);
  return [body, ...tree.inside(body)].some(
    (node) =>
      node.type === 'binary_expression' &&
      (node.childOfType('===') ?? node.childOfType('==')) !== undefined &&
      readsAny(tree, node, bound),
  );
}

/** `if item in seen` in Python, where the loop itself appends to the list `seen`. */
function listMemberships({ tree, scopes }: FileSyntax): Search[] {
  return tree.ofType('comparison_operator').flatMap((comparison) => {
    const list = comparison.children.at(-1);
    const isMembership = comparison.children.some(({ type }) => type === 'in' || type === 'not in');
    if (!isMembership || list?.type !== 'identifier') return [];
    const loop = loopsAround(comparison).find(({ iterable }) => iterable !== undefined);
    if (loop === undefined || !growsInside(tree, loop, list.text)) return [];
    const body = scopes.around(comparison)?.body ?? tree.root;
    return body !== undefined && isListIn(tree, body, list.text)
      ? [{ place: comparison, list: list.text, severity: 'info' }]
      : [];
  });
}

function growsInside(tree: SyntaxTree, loop: Loop, list: string): boolean {
  return tree
    .inside(loop.body)
    .some((node) => node.type === 'attribute' && node.text === `${list}.append`);
}

function isListIn(tree: SyntaxTree, body: SyntaxNode, name: string): boolean {
  return tree
    .inside(body)
    .some(
      (node) =>
        node.type === 'assignment' &&
        node.child('left')?.text === name &&
        node.child('right')?.type === 'list',
    );
}
