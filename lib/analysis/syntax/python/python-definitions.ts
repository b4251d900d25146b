import type { DefinitionFact } from '../../facts.ts';
import { dottedName } from '../dotted-name.ts';
import {
  type ControlFlow,
  type Definition,
  type FunctionUnit,
  measureControlFlow,
} from '../function-unit.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { isStubBody } from './python-stubs.ts';
import { docstringOf } from './docstring.ts';

const pythonControlFlow: ControlFlow = {
  functions: new Set(['function_definition', 'lambda']),
  decisions: new Set([
    'if_statement',
    'elif_clause',
    'for_statement',
    'while_statement',
    'except_clause',
    'conditional_expression',
    'boolean_operator',
    'for_in_clause',
    'if_clause',
    'case_clause',
  ]),
  levels: new Set([
    'if_statement',
    'for_statement',
    'while_statement',
    'try_statement',
    'match_statement',
  ]),
  isException: (node) => node.type === 'case_clause' && /^case\s+_\s*:/.test(node.text),
};

const scopes = new Set(['function_definition', 'class_definition', 'lambda']);

interface PythonDefinitions {
  definitions: Definition[];
  units: FunctionUnit[];
}

/** Functions, methods, classes and top-level variables. `isExported` knows `__all__`. */
export function collectPythonDefinitions(
  tree: SyntaxTree,
  isExported: (name: string) => boolean,
): PythonDefinitions {
  const definitions: Definition[] = [];
  const units: FunctionUnit[] = [];
  const byNode = new Map<SyntaxNode, DefinitionFact>();
  for (const node of tree.ofTypes(['function_definition', 'class_definition', 'lambda'])) {
    const unit = node.type === 'class_definition' ? null : functionUnit(tree, node);
    const outer = enclosingDefinition(node, byNode);
    const fact = namedFact({ node, unit, outer, isExported });
    if (fact !== null) {
      byNode.set(node, fact);
      definitions.push({ fact, node });
    }
    if (unit !== null) units.push({ ...unit, definition: fact });
  }
  definitions.push(...topLevelVariables(tree, isExported));
  return { definitions, units };
}

function functionUnit(tree: SyntaxTree, node: SyntaxNode): FunctionUnit {
  const isMethod = node.closest(scopes)?.type === 'class_definition';
  const inside = tree.insideExcept(node, pythonControlFlow.functions);
  return {
    node,
    body: node.child('body'),
    isAsync: node.childOfType('async') !== undefined,
    parameters: parameterNames(node, isMethod),
    ...measureControlFlow(inside, pythonControlFlow),
    definition: null,
  };
}

function parameterNames(node: SyntaxNode, isMethod: boolean): string[] {
  const names = (node.child('parameters')?.children ?? []).flatMap((parameter) => {
    const named = parameter.child('name') ?? parameter;
    const name = /[^\W\d]\w*/.exec(named.text)?.[0];
    return name === undefined || parameter.type === 'comment' ? [] : [name];
  });
  const [first] = names;
  return isMethod && (first === 'self' || first === 'cls') ? names.slice(1) : names;
}

interface NamedFactInput {
  node: SyntaxNode;
  unit: FunctionUnit | null;
  outer: DefinitionFact | undefined;
  isExported: (name: string) => boolean;
}

function namedFact({ node, unit, outer, isExported }: NamedFactInput): DefinitionFact | null {
  const name = node.child('name')?.text;
  if (name === undefined) return null;
  const scope = node.closest(scopes);
  const isMethod = unit !== null && scope?.type === 'class_definition';
  const decorators = decoratorNames(node);
  const body = node.child('body');
  return {
    name,
    qualifiedName: outer === undefined ? name : `${outer.qualifiedName}.${name}`,
    kind: unit === null ? 'class' : isMethod ? 'method' : 'function',
    line: node.line,
    endLine: node.endLine,
    topLevel: scope === undefined,
    exported: isMethod ? outer?.exported === true && isPublic(name) : !scope && isExported(name),
    decorators,
    bases: baseNames(node),
    documented: docstringOf(body) !== undefined,
    parameters: unit?.parameters ?? [],
    complexity: unit?.complexity ?? 1,
    nesting: unit?.nesting ?? 0,
    stub: isStubBody(body) || decorators.some((decorator) => /overload$|abstract/.test(decorator)),
  };
}

function enclosingDefinition(
  node: SyntaxNode,
  byNode: ReadonlyMap<SyntaxNode, DefinitionFact>,
): DefinitionFact | undefined {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    const fact = byNode.get(outer);
    if (fact !== undefined) return fact;
  }
  return undefined;
}

function decoratorNames(node: SyntaxNode): string[] {
  if (node.parent?.type !== 'decorated_definition') return [];
  return node.parent.children
    .filter((child) => child.type === 'decorator')
    .flatMap((decorator) => decorator.children.filter((child) => child.type !== '@'))
    .map((expression) => dottedName(expression).replaceAll('()', ''));
}

function baseNames(node: SyntaxNode): string[] {
  const bases = node.child('superclasses')?.children ?? [];
  return bases.filter((base) => base.type !== 'keyword_argument').map((base) => base.text);
}

function topLevelVariables(tree: SyntaxTree, isExported: (name: string) => boolean): Definition[] {
  const seen = new Set<string>();
  const targets = tree.ofTypes(['assignment', 'type_alias_statement']).flatMap((assignment) => {
    if (assignment.closest(scopes) !== undefined) return [];
    const left = assignment.child('left');
    return left === undefined ? [] : assignedNames(left);
  });
  return targets.flatMap((target) => {
    const name = target.text;
    if (seen.has(name) || /^__\w+__$/.test(name)) return [];
    seen.add(name);
    return [{ node: target, fact: variableFact(target, isExported(name)) }];
  });
}

function assignedNames(left: SyntaxNode): SyntaxNode[] {
  if (left.type === 'identifier') return [left];
  if (left.type !== 'pattern_list' && left.type !== 'tuple_pattern' && left.type !== 'type')
    return [];
  return left.children.filter((child) => child.type === 'identifier');
}

function variableFact(target: SyntaxNode, exported: boolean): DefinitionFact {
  const isType = target.parent?.type === 'type';
  return {
    name: target.text,
    qualifiedName: target.text,
    kind: isType ? 'type' : 'variable',
    line: target.line,
    endLine: target.parent?.endLine ?? target.endLine,
    topLevel: true,
    exported,
    decorators: [],
    bases: [],
    documented: false,
    parameters: [],
    complexity: 1,
    nesting: 0,
    stub: false,
  };
}

export function isPublic(name: string): boolean {
  return !name.startsWith('_') || /^__\w+__$/.test(name);
}
