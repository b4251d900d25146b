import type { SyntaxNode } from './syntax-node.ts';

/** Longer chains than this are cut: they are generated code, and reading them would be quadratic. */
const longestChain = 24;

/** Node types that lend their name to the part that follows, by the field they lend it from. */
const transparent: Record<string, string> = {
  call: 'function',
  call_expression: 'function',
  new_expression: 'constructor',
  subscript: 'value',
  subscript_expression: 'object',
  attribute: 'object',
  member_expression: 'object',
};

const suffixes: Record<string, string> = {
  call: '()',
  call_expression: '()',
  new_expression: '()',
  subscript: '[]',
  subscript_expression: '[]',
};

/** Wrappers that change nothing about the name inside. */
const wrappers = new Set([
  'parenthesized_expression',
  'await',
  'await_expression',
  'non_null_expression',
  'as_expression',
  'satisfies_expression',
  'instantiation_expression',
]);

const literals: Record<string, string> = {
  string: 'str',
  concatenated_string: 'str',
  template_string: 'str',
  regex: 'regex',
  array: 'array',
  list: 'list',
  meta_property: 'import.meta',
};

/**
 * The name of an expression as a person would say it: `a.b`, `open().read` for `open(x).read`,
 * `rows[].id` for `rows[0].id`, `str.join` for `", ".join`, `….x` for the `x` of any other value.
 */
export function dottedName(expression: SyntaxNode): string {
  let suffix = '';
  let node = expression;
  for (let links = 0; links < longestChain; links += 1) {
    const inner = unwrap(node);
    const name = literals[inner.type];
    if (name !== undefined) return name + suffix;
    const field = transparent[inner.type];
    if (field === undefined) return nameOfRoot(inner) + suffix;
    suffix = ownPart(inner) + suffix;
    const next = inner.child(field);
    if (next === undefined) return `…${suffix}`;
    node = next;
  }
  return `…${suffix}`;
}

/** The expression inside parentheses, `await`, `!` and type assertions. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (wrappers.has(inner.type)) {
    const wrapped = inner.children.find((child) => child.type !== 'await');
    if (wrapped === undefined) return inner;
    inner = wrapped;
  }
  return inner;
}

function ownPart(node: SyntaxNode): string {
  const property = node.child('attribute') ?? node.child('property');
  if (property !== undefined) return `.${property.text}`;
  return suffixes[node.type] ?? '';
}

function nameOfRoot(node: SyntaxNode): string {
  switch (node.type) {
    case 'identifier':
    case 'this':
    case 'super':
    case 'import':
    case 'type_identifier':
    case 'property_identifier':
      return node.text;
    case 'dotted_name':
      return node.text.replaceAll(/\s/g, '');
    default:
      return '…';
  }
}
