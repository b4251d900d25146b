import type { EnvironmentFact } from '../../facts.ts';
import { dottedName } from '../dotted-name.ts';
import { type ImportBindings, resolveName } from '../import-bindings.ts';
import { plainString } from '../string-literal.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { boundNames } from './binding-names.ts';

const environments = new Set(['process.env', 'import.meta.env', 'Bun.env']);

/** Reads of environment variables, also by destructuring; writes and deletions are none. */
export function collectEnvironment(tree: SyntaxTree, bindings: ImportBindings): EnvironmentFact[] {
  const nodes = tree.ofTypes(['member_expression', 'subscript_expression', 'variable_declarator']);
  return nodes.flatMap((node) => {
    const object = node.child('object') ?? node.child('value');
    if (object === undefined || !isEnvironment(object, bindings)) return [];
    if (node.type === 'variable_declarator') return destructured(node);
    return isWritten(node) ? [] : [readFact(node)];
  });
}

function isEnvironment(node: SyntaxNode, bindings: ImportBindings): boolean {
  if (node.type !== 'member_expression' && node.type !== 'identifier') return false;
  const name = resolveName(dottedName(node), bindings);
  return environments.has(name.replace(/^node:process/, 'process'));
}

function readFact(node: SyntaxNode): EnvironmentFact {
  const name = node.child('property')?.text ?? plainString(node.child('index')) ?? '*';
  return { name, line: node.line, hasDefault: hasFallback(node) };
}

function destructured(declarator: SyntaxNode): EnvironmentFact[] {
  const pattern = declarator.child('name');
  if (pattern?.type !== 'object_pattern') return [];
  return boundNames(pattern).map(({ property, node, hasDefault }) => ({
    name: property ?? '*',
    line: node.line,
    hasDefault,
  }));
}

function isWritten(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent?.type === 'assignment_expression') return node.field === 'left';
  return parent?.type === 'unary_expression' && parent.childOfType('delete') !== undefined;
}

/** `… ?? default` or `… || default`. */
function hasFallback(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent?.type !== 'binary_expression' || node.field !== 'left') return false;
  return parent.childOfType('??') !== undefined || parent.childOfType('||') !== undefined;
}
