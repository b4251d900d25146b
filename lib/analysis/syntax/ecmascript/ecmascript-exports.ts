import type { ExportFact } from '../../facts.ts';
import { plainString } from '../string-literal.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { boundNames } from './binding-names.ts';
import { classTypes, functionTypes } from './function-types.ts';

/** What these export is reached through their own name. */
const namespaces = new Set(['internal_module', 'module']);

/** Exports of a module in source order, ES modules and CommonJS alike. */
export function collectExports(tree: SyntaxTree): ExportFact[] {
  const nodes = tree.ofTypes(['export_statement', 'assignment_expression']);
  return nodes.flatMap((node) => {
    if (node.type === 'assignment_expression') return commonJsExport(node);
    return node.closest(namespaces) === undefined ? exportStatement(node) : [];
  });
}

function exportStatement(statement: SyntaxNode): ExportFact[] {
  const { line } = statement;
  const from = plainString(statement.child('source'));
  const clause = statement.childOfType('export_clause');
  if (clause !== undefined) return clauseExports(clause, from);
  if (from !== null) {
    const namespace = statement.childOfType('namespace_export')?.childOfType('identifier');
    return [{ name: namespace?.text ?? '*', local: null, from, line }];
  }
  if (statement.childOfType('default') !== undefined || statement.childOfType('=') !== undefined) {
    return [{ name: 'default', local: defaultLocal(statement), from: null, line }];
  }
  const declaration = statement.child('declaration');
  return declaration === undefined ? [] : declaredNames(declaration).map(named);
}

function clauseExports(clause: SyntaxNode, from: string | null): ExportFact[] {
  return clause.children.flatMap((specifier) => {
    const node = specifier.child('name');
    if (node === undefined) return [];
    const local = plainString(node) ?? node.text;
    const name = specifier.child('alias')?.text ?? local;
    return [{ name, local: from === null ? local : null, from, line: specifier.line }];
  });
}

function defaultLocal(statement: SyntaxNode): string | null {
  const declared = statement.child('declaration')?.child('name');
  const value = declared ?? statement.child('value') ?? statement.childOfType('identifier');
  if (value === undefined) return null;
  if (classTypes.has(value.type) || functionTypes.has(value.type)) {
    return value.child('name')?.text ?? null;
  }
  return value.type === 'identifier' || value.type === 'type_identifier' ? value.text : null;
}

/** The nodes that name what a declaration declares. */
export function declaredNames(declaration: SyntaxNode): SyntaxNode[] {
  const inner =
    declaration.type === 'ambient_declaration' ? declaration.children.at(-1) : declaration;
  const name = inner?.child('name');
  if (name !== undefined) return [name];
  const declarators = inner?.children.filter((child) => child.type === 'variable_declarator') ?? [];
  return declarators.flatMap((declarator) => {
    const pattern = declarator.child('name');
    return pattern === undefined ? [] : boundNames(pattern).map((bound) => bound.node);
  });
}

function named(node: SyntaxNode): ExportFact {
  return { name: node.text, local: node.text, from: null, line: node.line };
}

/** `module.exports = …`, `module.exports.x = …`, `exports.x = …`. */
function commonJsExport(assignment: SyntaxNode): ExportFact[] {
  const left = assignment.child('left')?.text ?? '';
  const right = assignment.child('right');
  const { line } = assignment;
  if (left === 'module.exports') return right === undefined ? [] : exportedObject(right);
  const name = /^(?:module\.)?exports\.([\w$]+)$/.exec(left)?.[1];
  if (name === undefined || name === '__esModule') return [];
  const local = right?.type === 'identifier' ? right.text : name;
  return [{ name, local, from: null, line }];
}

function exportedObject(value: SyntaxNode): ExportFact[] {
  if (value.type !== 'object') {
    const local = value.type === 'identifier' ? value.text : (value.child('name')?.text ?? null);
    return [{ name: 'default', local, from: null, line: value.line }];
  }
  return value.children.flatMap((property) => {
    const key = property.child('key') ?? property.child('name') ?? property;
    if (key.type === 'shorthand_property_identifier') return [named(key)];
    if (key.type !== 'property_identifier') return [];
    const of = property.child('value');
    const local = of?.type === 'identifier' ? of.text : null;
    return [{ name: key.text, local, from: null, line: key.line }];
  });
}
