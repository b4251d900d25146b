import type { SourceFile } from '../../../domain/source.ts';
import type { CallFact } from '../../facts.ts';
import { collectCalls } from '../call-facts.ts';
import { dottedName } from '../dotted-name.ts';
import type { FileSyntax } from '../file-syntax.ts';
import { FunctionScopes } from '../function-unit.ts';
import { bindImports, type ImportBindings } from '../import-bindings.ts';
import { type Binding, Origins } from '../receiver-origins.ts';
import { collectStringWords } from '../string-words.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { collectDefinitions } from './ecmascript-definitions.ts';
import { collectEnvironment } from './ecmascript-environment.ts';
import { collectExports } from './ecmascript-exports.ts';
import { ecmascriptGuard } from './ecmascript-guards.ts';
import { countIdentifiers } from './ecmascript-identifiers.ts';
import { collectImports } from './ecmascript-imports.ts';

/** Reads a TypeScript or JavaScript file. Outside the component what only judging needs is left out. */
export function readEcmascript(file: SourceFile, tree: SyntaxTree): FileSyntax {
  const imports = collectImports(tree);
  const bindings = bindImports(imports);
  const exports = collectExports(tree);
  const { definitions, units } = collectDefinitions(tree, exports);
  const scopes = new FunctionScopes(units);
  return {
    file,
    tree,
    scopes,
    bindings,
    definitions,
    facts: {
      documented: hasLeadingComment(tree),
      imports,
      exports,
      definitions: definitions.map(({ fact }) => fact),
      identifiers: countIdentifiers(tree),
      stringWords: collectStringWords(tree, readString),
      calls: file.inComponent ? readCalls(tree, scopes, bindings) : [],
      environment: file.inComponent ? collectEnvironment(tree, bindings) : [],
    },
  };
}

/** What an import takes is told by the import facts. */
function readString(string: SyntaxNode): 'prose' | 'value' {
  return string.field === 'source' ? 'prose' : 'value';
}

/** A block comment at the top that is no licence. */
function hasLeadingComment(tree: SyntaxTree): boolean {
  const first = tree.root?.children.find((child) => child.type !== 'hash_bang_line');
  return first?.type === 'comment' && /^\/\*(?![\s\S]*(?:licen[cs]e|copyright))/i.test(first.text);
}

function readCalls(tree: SyntaxTree, scopes: FunctionScopes, bindings: ImportBindings): CallFact[] {
  const origins = new Origins(bindingsOf(tree), scopes, bindings);
  return collectCalls(tree.ofTypes(['call_expression', 'new_expression']), {
    scopes,
    bindings,
    origins,
    guardOf: ecmascriptGuard,
    optionsOf: propertyNames,
  });
}

function propertyNames(argumentList: SyntaxNode): string[] {
  const objects = argumentList.children.filter((argument) => argument.type === 'object');
  return objects.flatMap((object) =>
    object.children.flatMap((property) => {
      const key = property.child('key') ?? property.child('name') ?? property;
      const isName = /^(?:shorthand_)?property_identifier$/.test(key.type);
      return isName ? [key.text] : [];
    }),
  );
}

/** `const x = …`, `x = …`, `this.x = …` and class fields. */
function bindingsOf(tree: SyntaxTree): Binding[] {
  const nodes = tree.ofTypes([
    'variable_declarator',
    'assignment_expression',
    'public_field_definition',
  ]);
  return nodes.flatMap((node) => {
    const target = node.child('left') ?? node.child('name');
    const value = node.child('right') ?? node.child('value');
    if (target === undefined || value === undefined) return [];
    const owner = node.type === 'public_field_definition' ? 'this.' : '';
    return [{ name: owner + dottedName(target), value }];
  });
}
