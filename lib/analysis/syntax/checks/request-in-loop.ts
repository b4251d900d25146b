import type { FileSyntax } from '../file-syntax.ts';
import { type Loop, loopsAround, namesBoundIn, readsAny } from '../loops.ts';
import { type ResolvedCall, resolvedCalls } from '../resolved-calls.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { type CheckHit, hitIn } from './check.ts';

const requesting = new RegExp(
  `^(?:${[
    'fetch',
    String.raw`axios(?:\.(?:get|post|put|patch|delete|request))?`,
    String.raw`got(?:\.\w+)?`,
    String.raw`(?:requests|httpx)\.(?:get|post|put|patch|delete|head|request)`,
    String.raw`urllib\.request\.urlopen`,
  ].join('|')})$`,
);
/** Going over these is not asking once for each item. */
const batches = /\b(?:range|batch\w*|chunk\w*|page\w*|urls?|links?|attempts?|retries)\b/i;

/** An HTTP request for each item of a collection, one after the other. */
export function checkRequestInLoop(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    if (!requesting.test(call.name)) return [];
    const loop = loopsAround(call.node).find(({ iterable }) => iterable !== undefined);
    if (loop === undefined || !loop.node.type.startsWith('for_')) return [];
    if (!asksForItem(syntax, call, loop)) return [];
    const items = loop.iterable?.text.slice(0, 40) ?? '';
    return [
      hitIn(syntax.scopes.around(call.node), {
        rule: 'query-in-loop',
        severity: 'low',
        line: call.node.line,
        message: `\`${call.name}\` asks for each item of \`${items}\`, one after the other.`,
      }),
    ];
  });
}

/** The item is part of an address or of the body; an item that is an address has to be asked. */
function asksForItem({ tree }: FileSyntax, call: ResolvedCall, loop: Loop): boolean {
  if (batches.test(loop.iterable?.text ?? '') || batches.test(loop.item?.text ?? '')) return false;
  const bound = namesBoundIn(loop, tree);
  const isPart = (argument: SyntaxNode) =>
    argument.type !== 'identifier' && readsAny(tree, argument, bound);
  return call.arguments.some(isPart);
}
