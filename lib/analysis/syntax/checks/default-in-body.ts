import { type DefaultedParameter, literalKind } from '../defaulted-parameters.ts';
import type { FunctionUnit } from '../function-unit.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';

interface Place {
  parameter: DefaultedParameter;
  unit: FunctionUnit;
  tree: SyntaxTree;
}

/** What the body does first with the parameter is to raise where it has its default. */
export function isRefused({ parameter, unit, tree }: Place): boolean {
  if (literalKind(parameter.value) !== 'nothing') return false;
  const first = statements(unit.body).find((statement) =>
    mentions(tree, statement, parameter.name),
  );
  if (first?.type !== 'if_statement') return false;
  const condition = first.child('condition')?.text ?? '';
  return isAbsence(condition, parameter.name) && raises(first.child('consequence'));
}

function isAbsence(condition: string, name: string): boolean {
  const text = condition.replaceAll(/^\(|\)$/g, '').trim();
  const escaped = name.replaceAll('$', String.raw`\$`);
  return new RegExp(
    `^(?:${escaped} is None|not ${escaped}|!${escaped}|${escaped} ===? (?:null|undefined))$`,
  ).test(text);
}

function raises(consequence: SyntaxNode | undefined): boolean {
  if (consequence === undefined) return false;
  const [first] = consequence.type === 'throw_statement' ? [consequence] : statements(consequence);
  return first?.type === 'raise_statement' || first?.type === 'throw_statement';
}

/** The first that the body does with the parameter is to give it another value. */
export function isReplaced({ parameter, unit, tree }: Place): boolean {
  const { body } = unit;
  if (body === undefined) return false;
  const first = tree
    .inside(body)
    .find((node) => node.type === 'identifier' && node.text === parameter.name);
  const assignment = first?.parent;
  if (first === undefined || !assignment || first.field !== 'left') return false;
  const isPlain = assignment.type === 'assignment' || assignment.type === 'assignment_expression';
  const value = assignment.child('right');
  const isStatement = assignment.parent?.type === 'expression_statement';
  if (!isPlain || value === undefined || !isStatement) return false;
  return assignment.parent?.parent === body && !mentions(tree, value, parameter.name);
}

function mentions(tree: SyntaxTree, node: SyntaxNode, name: string): boolean {
  return [node, ...tree.inside(node)].some(
    (inner) =>
      (inner.type === 'identifier' || inner.type === 'shorthand_property_identifier') &&
      inner.text === name,
  );
}

function statements(block: SyntaxNode | undefined): SyntaxNode[] {
  return (block?.children ?? []).filter((child) => child.type !== 'comment');
}
