import type { EnvironmentFact } from '../../facts.ts';
import { argumentsOf } from '../call-facts.ts';
import { dottedName } from '../dotted-name.ts';
import { type ImportBindings, resolveName } from '../import-bindings.ts';
import { plainString } from '../string-literal.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';

const reads = new Set(['os.getenv', 'os.environ.get', 'os.environ.pop', 'os.environ.setdefault']);

/** Reads of environment variables; writes and deletions are none. */
export function collectPythonEnvironment(
  tree: SyntaxTree,
  bindings: ImportBindings,
): EnvironmentFact[] {
  return tree.ofTypes(['call', 'subscript']).flatMap((node) => {
    const object = node.child(node.type === 'call' ? 'function' : 'value');
    if (object === undefined) return [];
    const name = resolveName(dottedName(object), bindings);
    if (node.type === 'call') return reads.has(name) ? [callFact(node)] : [];
    return name === 'os.environ' && !isWritten(node) ? [subscriptFact(node)] : [];
  });
}

function callFact(call: SyntaxNode): EnvironmentFact {
  const [name, standby] = argumentsOf(call);
  const value = standby?.child('value') ?? standby;
  return {
    name: plainString(name) ?? '*',
    line: call.line,
    hasDefault: (value !== undefined && value.type !== 'none') || hasFallback(call),
  };
}

function subscriptFact(node: SyntaxNode): EnvironmentFact {
  const name = plainString(node.child('subscript')) ?? '*';
  return { name, line: node.line, hasDefault: hasFallback(node) };
}

function isWritten(node: SyntaxNode): boolean {
  const { parent } = node;
  return (
    parent?.type === 'delete_statement' || (parent?.type === 'assignment' && node.field === 'left')
  );
}

/** `… or default`. */
function hasFallback(node: SyntaxNode): boolean {
  const { parent } = node;
  return (
    parent?.type === 'boolean_operator' &&
    node.field === 'left' &&
    parent.childOfType('or') !== undefined
  );
}
