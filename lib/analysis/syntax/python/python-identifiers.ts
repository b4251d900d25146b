import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';

/** Statements whose names are facts of their own. */
const importing = new Set([
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'aliased_import',
  'relative_import',
]);

const bindingPatterns = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'as_pattern_target',
  'parameters',
  'lambda_parameters',
  'global_statement',
  'nonlocal_statement',
]);

const bindingLeft = new Set(['assignment', 'for_statement', 'for_in_clause']);
const bindingName = new Set([
  'function_definition',
  'class_definition',
  'default_parameter',
  'typed_default_parameter',
  'named_expression',
]);

/** Occurrences of every name that reads it; binding it and importing it are not counted. */
export function countPythonIdentifiers(tree: SyntaxTree): Record<string, number> {
  const counts = new Map<string, number>();
  for (const node of tree.ofType('identifier')) {
    if (isBinding(node)) continue;
    const { text } = node;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

function isBinding(node: SyntaxNode): boolean {
  const parent = node.parent?.type === 'dotted_name' ? node.parent.parent : node.parent;
  if (parent === null) return false;
  if (importing.has(parent.type) || bindingPatterns.has(parent.type)) return true;
  if (bindingLeft.has(parent.type)) return node.field === 'left';
  if (bindingName.has(parent.type)) return node.field === 'name';
  return parent.type === 'typed_parameter';
}
