import { invalidArgument } from './errors.ts';
import { isWanted } from './filters.ts';

/** Linear refuses to give more at once. */
export const maxPageSize = 250;
export const defaultPageSize = 50;

export interface ConnectionArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  filter?: unknown;
  orderBy?: 'createdAt' | 'updatedAt' | null;
  /** Goes before `orderBy`. Of issues only; by what else Linear sorts, the server does not know. */
  sort?: readonly { updatedAt?: { order?: string | null } | null }[] | null;
}

export interface Connection<Node> {
  nodes: Node[];
  edges: { node: Node; cursor: string }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** An entity as queries see it. */
export interface EntityView {
  id: string;
  createdAt?: string;
  updatedAt?: string;
  [field: string]: unknown;
}

type Entity = Pick<EntityView, 'id' | 'createdAt' | 'updatedAt'>;

/**
 * A page of what the filter lets through, newest first as Linear orders it.
 * @param entities in the order in which they were made
 */
export function connectionOf<Node extends Entity>(
  entities: readonly Node[],
  wanted: ConnectionArguments = {},
): Connection<Node> {
  if (wanted.last !== undefined && wanted.last !== null) {
    throw invalidArgument('The test server pages forward only');
  }
  const size = wanted.first ?? defaultPageSize;
  if (size < 1 || size > maxPageSize) throw invalidArgument(`first must be 1 to ${maxPageSize}`);
  const found = inOrder(
    entities.filter((entity) => isWanted(wanted.filter, entity)),
    wanted,
  );
  const start = startAfter(found, wanted.after ?? null);
  const nodes = found.slice(start, start + size);
  return {
    nodes,
    edges: nodes.map((node) => ({ node, cursor: node.id })),
    pageInfo: {
      hasNextPage: start + size < found.length,
      hasPreviousPage: start > 0,
      startCursor: nodes[0]?.id ?? null,
      endCursor: nodes.at(-1)?.id ?? null,
    },
  };
}

function inOrder<Node extends Entity>(
  entities: Node[],
  { orderBy, sort }: ConnectionArguments,
): Node[] {
  const [first] = sort ?? [];
  if (first === undefined) return newestFirst(entities, orderBy ?? 'createdAt');
  if (sort?.length !== 1 || typeof first.updatedAt?.order !== 'string') {
    throw invalidArgument('The test server sorts by updatedAt only');
  }
  const sorted = newestFirst(entities, 'updatedAt');
  return first.updatedAt.order === 'Ascending' ? sorted.toReversed() : sorted;
}

function newestFirst<Node extends Entity>(
  entities: Node[],
  orderBy: 'createdAt' | 'updatedAt',
): Node[] {
  const time = (entity: Node) => entity[orderBy] ?? '';
  return entities.toReversed().toSorted((a, b) => time(b).localeCompare(time(a)));
}

function startAfter(found: readonly Entity[], cursor: string | null): number {
  if (cursor === null) return 0;
  const index = found.findIndex(({ id }) => id === cursor);
  if (index === -1) throw invalidArgument('after is no cursor of this list');
  return index + 1;
}
