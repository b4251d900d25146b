import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { classTypes, functionTypes, signatureTypes } from './function-types.ts';

const nameTypes = [
  'identifier',
  'property_identifier',
  'private_property_identifier',
  'shorthand_property_identifier',
  'type_identifier',
];

/** The `name` field of these binds or declares. */
const declaring = new Set([
  ...functionTypes,
  ...signatureTypes,
  ...classTypes,
  'variable_declarator',
  'public_field_definition',
  'interface_declaration',
  'type_alias_declaration',
  'enum_declaration',
  'enum_body',
  'enum_assignment',
  'internal_module',
  'module',
  'type_parameter',
]);

/** Everything directly inside these binds, or is told by import and export facts. */
const bindingParents = new Set([
  'import_specifier',
  'export_specifier',
  'import_clause',
  'namespace_import',
  'namespace_export',
  'import_require_clause',
  'array_pattern',
  'object_pattern',
  'rest_pattern',
]);

const bindingFields: Record<string, string> = {
  required_parameter: 'pattern',
  optional_parameter: 'pattern',
  arrow_function: 'parameter',
  catch_clause: 'parameter',
  pair_pattern: 'value',
  assignment_pattern: 'left',
  object_assignment_pattern: 'left',
  assignment_expression: 'left',
};

/** Occurrences of every name that reads it; binding, importing and exporting it are not counted. */
export function countIdentifiers(tree: SyntaxTree): Record<string, number> {
  const counts = new Map<string, number>();
  for (const type of nameTypes) {
    for (const node of tree.ofType(type)) {
      if (isBinding(node)) continue;
      const { text } = node;
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return Object.fromEntries(counts);
}

function isBinding(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (bindingParents.has(parent.type)) return true;
  if (node.field === 'name') return declaring.has(parent.type);
  if (parent.type === 'for_in_statement') return node.field === 'left';
  return node.field !== null && bindingFields[parent.type] === node.field;
}
