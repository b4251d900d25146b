import type { SourceFile } from '../../../domain/source.ts';
import { collectCalls } from '../call-facts.ts';
import { dottedName } from '../dotted-name.ts';
import type { FileSyntax } from '../file-syntax.ts';
import { FunctionScopes } from '../function-unit.ts';
import { bindImports, type ImportBindings } from '../import-bindings.ts';
import { type Binding, Origins } from '../receiver-origins.ts';
import { collectStringWords } from '../string-words.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { docstringOf, isBareString } from './docstring.ts';
import { collectPythonDefinitions, isPublic } from './python-definitions.ts';
import { collectPythonEnvironment } from './python-environment.ts';
import { declaredExportFacts, readDeclaredExports, reExportFacts } from './python-exports.ts';
import { pythonGuard } from './python-guards.ts';
import { countPythonIdentifiers } from './python-identifiers.ts';
import { collectPythonImports } from './python-imports.ts';

const annotations = new Set(['type']);

/** Reads a Python file. Outside the component what only judging needs is left out. */
export function readPython(file: SourceFile, tree: SyntaxTree): FileSyntax {
  const imports = collectPythonImports(tree);
  const bindings = bindImports(imports);
  const declared = readDeclaredExports(tree);
  const listed = new Set(declared?.names.map(({ name }) => name));
  const isExported = declared === null ? isPublic : (name: string) => listed.has(name);
  const { definitions, units } = collectPythonDefinitions(tree, isExported);
  const scopes = new FunctionScopes(units);
  const facts = definitions.map((definition) => definition.fact);
  const publicNames = facts.filter((fact) => fact.topLevel && fact.exported);
  const exports =
    declared === null
      ? [
          ...publicNames.map(({ name, line }) => ({ name, local: name, from: null, line })),
          ...reExportFacts(file.path, imports),
        ]
      : declaredExportFacts(declared, imports);
  return {
    file,
    tree,
    scopes,
    bindings,
    definitions,
    facts: {
      documented: docstringOf(tree.root) !== undefined,
      imports,
      exports,
      definitions: facts,
      identifiers: countPythonIdentifiers(tree),
      stringWords: collectStringWords(tree, readString),
      calls: file.inComponent ? readCalls(tree, scopes, bindings) : [],
      environment: file.inComponent ? collectPythonEnvironment(tree, bindings) : [],
    },
  };
}

function readString(string: SyntaxNode): 'code' | 'prose' | 'value' {
  if (isBareString(string)) return 'prose';
  return string.closest(annotations) === undefined ? 'value' : 'code';
}

function readCalls(tree: SyntaxTree, scopes: FunctionScopes, bindings: ImportBindings) {
  const origins = new Origins(bindingsOf(tree), scopes, bindings);
  return collectCalls(tree.ofType('call'), {
    scopes,
    bindings,
    origins,
    guardOf: pythonGuard,
    optionsOf: keywordNames,
  });
}

function keywordNames(argumentList: SyntaxNode): string[] {
  return argumentList.children.flatMap((argument) => {
    const name = argument.type === 'keyword_argument' ? argument.child('name')?.text : undefined;
    return name === undefined ? [] : [name];
  });
}

/** `x = …`, `x := …` and `with … as x`. */
function bindingsOf(tree: SyntaxTree): Binding[] {
  return tree.ofTypes(['assignment', 'named_expression', 'as_pattern']).flatMap((node) => {
    const target = node.child('left') ?? node.child('name') ?? node.child('alias')?.children[0];
    const value = node.child('right') ?? node.child('value') ?? node.children[0];
    if (target === undefined || value === undefined) return [];
    return [{ name: dottedName(target), value }];
  });
}
