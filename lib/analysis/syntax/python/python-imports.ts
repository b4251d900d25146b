import type { ImportFact } from '../../facts.ts';
import { plainString } from '../string-literal.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';

const deferring = new Set([
  'function_definition',
  'lambda',
  'if_statement',
  'try_statement',
  'with_statement',
]);

const importFunctions = new Set(['importlib.import_module', 'import_module', '__import__']);

/** Imports of a Python file, in source order; each module of `import a, b` is a fact of its own. */
export function collectPythonImports(tree: SyntaxTree): ImportFact[] {
  const statements = tree.ofTypes([
    'import_statement',
    'import_from_statement',
    'future_import_statement',
    'call',
  ]);
  return statements.flatMap((node) => {
    switch (node.type) {
      case 'import_statement':
        return importedModules(node);
      case 'call':
        return dynamicImport(node);
      default:
        return [importedNames(node)];
    }
  });
}

function importedModules(statement: SyntaxNode): ImportFact[] {
  return statement.childrenIn('name').map((name) => {
    const specifier = dottedText(name.child('name') ?? name);
    const alias = name.child('alias')?.text;
    const local = alias ?? specifier.split('.')[0] ?? specifier;
    return fact(statement, specifier, [{ name: '*', local }]);
  });
}

function importedNames(statement: SyntaxNode): ImportFact {
  const module = statement.child('module_name');
  const specifier = module === undefined ? '__future__' : dottedText(module);
  const names = statement.childrenIn('name').map((node) => {
    const name = dottedText(node.child('name') ?? node);
    return { name, local: node.child('alias')?.text ?? name };
  });
  const all = statement.childOfType('wildcard_import');
  return fact(statement, specifier, all === undefined ? names : [{ name: '*', local: '*' }]);
}

function dynamicImport(call: SyntaxNode): ImportFact[] {
  const callee = call.child('function');
  if (callee === undefined || !importFunctions.has(callee.text)) return [];
  const specifier = plainString(call.child('arguments')?.children[0]);
  if (specifier === null) return [];
  return [{ ...fact(call, specifier, []), kind: 'dynamic' }];
}

function fact(node: SyntaxNode, specifier: string, names: ImportFact['names']): ImportFact {
  const around = node.closest(deferring);
  const typeOnly = isTypeChecking(node, around);
  return {
    specifier,
    names,
    line: node.line,
    kind: typeOnly ? 'type-only' : 'static',
    deferred: around !== undefined && !typeOnly,
  };
}

/** Inside `if TYPE_CHECKING:`, but not in its `else`. */
function isTypeChecking(node: SyntaxNode, around: SyntaxNode | undefined): boolean {
  if (around?.type !== 'if_statement') return false;
  const condition = around.child('condition')?.text ?? '';
  const inside = around.child('consequence')?.contains(node) === true;
  return inside && /^(?:\w+\.)?TYPE_CHECKING$/.test(condition);
}

function dottedText(node: SyntaxNode): string {
  return node.text.replaceAll(/[\s\\]/g, '');
}
