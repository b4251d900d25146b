import { Kind, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';
import { defaultPageSize } from './connections.ts';

/** Linear refuses a single request of more. */
export const maxComplexity = 10_000;

/** Counted in tenths: sums of 0.1 would not be exact. */
const tenth = 1;

/**
 * The points that a request costs: 0.1 a property, 1 an object; what is inside of a list counts as many
 * times as the list may have entries.
 * @see https://linear.app/developers/rate-limiting
 */
export function complexityOf(document: DocumentNode, variables: Record<string, unknown>): number {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.selectionSet] as const]
        : [],
    ),
  );

  const costOfSet = (set: SelectionSetNode): number =>
    set.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + costOfField(selection);
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + costOfSet(selection.selectionSet);
      const fragment = fragments.get(selection.name.value);
      return sum + (fragment === undefined ? 0 : costOfSet(fragment));
    }, 0);

  const costOfField = (field: FieldNode): number => {
    if (field.selectionSet === undefined) return tenth;
    const cost = costOfSet(field.selectionSet);
    return (
      10 * tenth + (isConnection(field.selectionSet) ? cost * pageSize(field, variables) : cost)
    );
  };

  const costs = document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? costOfSet(definition.selectionSet) : 0,
  );
  return Math.ceil(costs.reduce((sum, cost) => sum + cost, 0) / 10);
}

function isConnection({ selections }: SelectionSetNode): boolean {
  return selections.some(
    (selection) =>
      selection.kind === Kind.FIELD && ['nodes', 'edges'].includes(selection.name.value),
  );
}

function pageSize(field: FieldNode, variables: Record<string, unknown>): number {
  const first = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (first?.kind === Kind.INT) return Number(first.value);
  const value = first?.kind === Kind.VARIABLE ? variables[first.name.value] : undefined;
  return typeof value === 'number' ? value : defaultPageSize;
}
