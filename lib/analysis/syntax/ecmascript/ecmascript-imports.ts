import type { ImportFact } from '../../facts.ts';
import { argumentsOf } from '../call-facts.ts';
import { unwrap } from '../dotted-name.ts';
import { plainString } from '../string-literal.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { boundNames } from './binding-names.ts';
import { functionTypes } from './function-types.ts';

const deferring = new Set([
  ...functionTypes,
  'if_statement',
  'try_statement',
  'switch_case',
  'ternary_expression',
  'class_body',
]);

type Names = ImportFact['names'];

/** Imports of a module in source order: `import`, `export … from`, `require` and `import()`. */
export function collectImports(tree: SyntaxTree): ImportFact[] {
  const nodes = tree.ofTypes(['import_statement', 'export_statement', 'call_expression']);
  return nodes.flatMap((node) => {
    switch (node.type) {
      case 'import_statement':
        return importStatement(node);
      case 'export_statement':
        return reExport(node);
      default:
        return calledImport(node);
    }
  });
}

function importStatement(statement: SyntaxNode): ImportFact[] {
  const required = statement.childOfType('import_require_clause');
  const specifier = plainString((required ?? statement).child('source'));
  if (specifier === null) return [];
  const local = required?.childOfType('identifier')?.text;
  const clause = statement.childOfType('import_clause');
  const names = local === undefined ? clauseNames(clause) : [{ name: '*', local }];
  const kind = isTypeOnly(statement, clause) ? 'type-only' : 'static';
  return [{ specifier, names, line: statement.line, kind, deferred: false }];
}

function clauseNames(clause: SyntaxNode | undefined): Names {
  return (clause?.children ?? []).flatMap((child): Names => {
    switch (child.type) {
      case 'identifier':
        return [{ name: 'default', local: child.text }];
      case 'namespace_import':
        return [{ name: '*', local: child.childOfType('identifier')?.text ?? '*' }];
      case 'named_imports':
        return child.children.flatMap(specifierNames);
      default:
        return [];
    }
  });
}

function specifierNames(specifier: SyntaxNode): Names {
  const node = specifier.child('name');
  if (node === undefined) return [];
  const name = plainString(node) ?? node.text;
  return [{ name, local: specifier.child('alias')?.text ?? name }];
}

/** `import type …`, or every single name marked as a type. */
function isTypeOnly(statement: SyntaxNode, clause: SyntaxNode | undefined): boolean {
  if (statement.childOfType('type') !== undefined) return true;
  const parts = clause?.children ?? [];
  const specifiers = parts.flatMap((part) => (part.type === 'named_imports' ? part.children : []));
  return (
    specifiers.length > 0 &&
    parts.every((part) => part.type === 'named_imports') &&
    specifiers.every((specifier) => specifier.childOfType('type') !== undefined)
  );
}

function reExport(statement: SyntaxNode): ImportFact[] {
  const specifier = plainString(statement.child('source'));
  if (specifier === null) return [];
  const clause = statement.childOfType('export_clause');
  const names = clause?.children.flatMap(specifierNames) ?? [{ name: '*', local: '*' }];
  const typeOnly = /^export\s+type\b/.test(statement.text);
  const kind = typeOnly ? 'type-only' : 're-export';
  return [{ specifier, names, line: statement.line, kind, deferred: false }];
}

function calledImport(call: SyntaxNode): ImportFact[] {
  const callee = call.child('function');
  const isImport = callee?.type === 'import';
  if (!isImport && callee?.text !== 'require') return [];
  const specifier = plainString(argumentsOf(call)[0]);
  if (specifier === null) return [];
  return [
    {
      specifier,
      names: namesTaken(call),
      line: call.line,
      kind: isImport ? 'dynamic' : 'static',
      deferred: call.closest(deferring) !== undefined,
    },
  ];
}

/** What `const … = require(…)` or `= await import(…)` takes. */
function namesTaken(call: SyntaxNode): Names {
  let value = call;
  let property: string | null = null;
  for (let outer = call.parent; outer !== null; outer = outer.parent) {
    if (outer.type === 'member_expression') property ??= outer.child('property')?.text ?? null;
    else if (unwrap(outer) === outer) break;
    value = outer;
  }
  const declarator = value.parent;
  const target = declarator?.type === 'variable_declarator' ? declarator.child('name') : undefined;
  if (target === undefined) return property === null ? [] : [{ name: property, local: property }];
  if (target.type === 'identifier') return [{ name: property ?? '*', local: target.text }];
  return boundNames(target).flatMap((bound) =>
    bound.property === null ? [] : [{ name: bound.property, local: bound.node.text }],
  );
}
