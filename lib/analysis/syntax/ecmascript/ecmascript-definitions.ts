import type { DefinitionFact, ExportFact } from '../../facts.ts';
import { type Definition, type FunctionUnit, measureControlFlow } from '../function-unit.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { baseNames, decoratorNames, isDocumented, isStub } from './declaration-details.ts';
import { declaredNames } from './ecmascript-exports.ts';
import { classTypes, controlFlow, functionTypes, signatureTypes } from './function-types.ts';

const typeDeclarations = new Set([
  'interface_declaration',
  'type_alias_declaration',
  'enum_declaration',
  'internal_module',
]);

const scopeTypes = new Set([
  ...functionTypes,
  ...classTypes,
  'internal_module',
  'module',
  'object',
]);

interface EcmascriptDefinitions {
  definitions: Definition[];
  units: FunctionUnit[];
}

/** Functions, methods, classes, types and top-level variables. */
export function collectDefinitions(
  tree: SyntaxTree,
  exports: readonly ExportFact[],
): EcmascriptDefinitions {
  const exportedLocals = new Set(exports.map((fact) => fact.local));
  const facts = new Map<SyntaxNode, DefinitionFact>();
  const definitions: Definition[] = [];
  const units: FunctionUnit[] = [];
  const nodes = tree.ofTypes([
    ...functionTypes,
    ...signatureTypes,
    ...classTypes,
    ...typeDeclarations,
    'variable_declarator',
  ]);
  for (const node of nodes) {
    const isFunction = functionTypes.has(node.type) || signatureTypes.has(node.type);
    const unit = isFunction ? functionUnit(tree, node) : null;
    for (const name of definedNames(node)) {
      const fact = describe({ node, name, unit, outer: outerFact(node, facts), exportedLocals });
      facts.set(node, fact);
      definitions.push({ fact, node });
    }
    if (unit !== null) units.push({ ...unit, definition: facts.get(node) ?? null });
  }
  return { definitions, units };
}

function functionUnit(tree: SyntaxTree, node: SyntaxNode): FunctionUnit {
  const inside = tree.insideExcept(node, functionTypes);
  return {
    node,
    body: node.child('body'),
    isAsync: node.childOfType('async') !== undefined,
    parameters: parameterNames(node),
    ...measureControlFlow(inside, controlFlow),
    definition: null,
  };
}

function parameterNames(node: SyntaxNode): string[] {
  const single = node.child('parameter');
  if (single !== undefined) return [single.text];
  return (node.child('parameters')?.children ?? []).flatMap((parameter) => {
    const pattern = parameter.child('pattern');
    if (pattern === undefined || pattern.type === 'this') return [];
    return [pattern.type === 'rest_pattern' ? pattern.text.slice(3) : pattern.text];
  });
}

/** The nodes that name what this node defines; none for what has no name of its own. */
function definedNames(node: SyntaxNode): SyntaxNode[] {
  const { parent } = node;
  if (node.type === 'variable_declarator') return variableNames(node);
  if (node.type === 'method_definition' && parent?.type !== 'class_body') return [];
  if (parent?.type === 'variable_declarator' || parent?.type === 'public_field_definition') {
    const name = parent.child('name');
    return name === undefined ? [] : [name];
  }
  if (parent?.type === 'assignment_expression') return assignedName(parent);
  const name = node.child('name');
  return name === undefined ? [] : [name];
}

/** Top-level variables that hold neither a function, a class (they define themselves) nor a module. */
function variableNames(declarator: SyntaxNode): SyntaxNode[] {
  if (declarator.closest(scopeTypes) !== undefined) return [];
  const value = declarator.child('value');
  if (value !== undefined && (functionTypes.has(value.type) || classTypes.has(value.type)))
    return [];
  if (value !== undefined && /^(?:\(?await )?(?:require|import)\(/.test(value.text)) return [];
  const list = declarator.parent;
  if (list === null) return [];
  return declaredNames(list).filter((name) => declarator.contains(name));
}

/** `exports.load = function …`, `Loader.prototype.load = …`. */
function assignedName(assignment: SyntaxNode): SyntaxNode[] {
  const left = assignment.child('left');
  const property = left?.child('property');
  const isPlace = /^(?:(?:module\.)?exports|[\w$]+\.prototype)\.[\w$]+$/.test(left?.text ?? '');
  return isPlace && property !== undefined ? [property] : [];
}

interface DescribeInput {
  node: SyntaxNode;
  name: SyntaxNode;
  unit: FunctionUnit | null;
  outer: DefinitionFact | undefined;
  exportedLocals: ReadonlySet<string | null>;
}

function describe({ node, name, unit, outer, exportedLocals }: DescribeInput): DefinitionFact {
  const kind = kindOf(node, name);
  const topLevel = node.closest(scopeTypes) === undefined;
  const isMember = kind === 'method';
  return {
    name: name.text,
    qualifiedName: outer === undefined ? name.text : `${outer.qualifiedName}.${name.text}`,
    kind,
    line: name.line,
    endLine: node.endLine,
    topLevel,
    exported: isMember
      ? outer?.exported === true && isPublicMember(name)
      : topLevel && exportedLocals.has(name.text),
    decorators: decoratorNames(node),
    bases: baseNames(node),
    documented: isDocumented(node),
    parameters: unit?.parameters ?? [],
    complexity: unit?.complexity ?? 1,
    nesting: unit?.nesting ?? 0,
    stub: unit !== null && isStub(node),
  };
}

function kindOf(node: SyntaxNode, name: SyntaxNode): DefinitionFact['kind'] {
  if (classTypes.has(node.type)) return 'class';
  if (typeDeclarations.has(node.type)) return 'type';
  if (node.type === 'variable_declarator') return 'variable';
  const isMember =
    node.type === 'method_definition' ||
    node.type === 'abstract_method_signature' ||
    name.parent?.type === 'public_field_definition' ||
    /\.prototype\./.test(name.parent?.text ?? '');
  return isMember ? 'method' : 'function';
}

function isPublicMember(name: SyntaxNode): boolean {
  if (/^[#_]/.test(name.text)) return false;
  const modifier = name.parent?.childOfType('accessibility_modifier')?.text;
  return modifier === undefined || modifier === 'public';
}

function outerFact(
  node: SyntaxNode,
  facts: ReadonlyMap<SyntaxNode, DefinitionFact>,
): DefinitionFact | undefined {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    const fact = facts.get(outer);
    if (fact !== undefined && fact.kind !== 'variable') return fact;
  }
  return undefined;
}
