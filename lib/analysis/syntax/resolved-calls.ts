import { argumentsOf, calleeOf } from './call-facts.ts';
import { dottedName } from './dotted-name.ts';
import type { FileSyntax } from './file-syntax.ts';
import { resolveName } from './import-bindings.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** A call as checks look at it. */
export interface ResolvedCall {
  node: SyntaxNode;
  /** With import aliases resolved and without Node's scheme: `child_process.exec`. */
  name: string;
  arguments: SyntaxNode[];
  /** `` sql`…` ``: the function sees the holes apart from the text. */
  isTagged: boolean;
}

const resolved = new WeakMap<FileSyntax, ResolvedCall[]>();

/** All calls of a file, resolved once for all checks. */
export function resolvedCalls(syntax: FileSyntax): readonly ResolvedCall[] {
  let calls = resolved.get(syntax);
  if (calls === undefined) {
    const nodes = syntax.tree.ofTypes(['call', 'call_expression', 'new_expression']);
    calls = nodes.map((node) => resolveCall(node, syntax));
    resolved.set(syntax, calls);
  }
  return calls;
}

function resolveCall(node: SyntaxNode, syntax: FileSyntax): ResolvedCall {
  const callee = calleeOf(node);
  const name = callee === undefined ? '' : resolveName(dottedName(callee), syntax.bindings);
  return {
    node,
    name: name.replace(/^node:/, ''),
    arguments: argumentsOf(node),
    isTagged: node.child('arguments')?.type === 'template_string',
  };
}

/** `exec` of `child_process.exec`. */
export function methodOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** `db.pool` of `db.pool.query`; empty for a plain function. */
export function receiverOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}
