import type { IncomingHttpHeaders } from 'node:http';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';

/** A request that the server got. */
export interface SeenRequest {
  /** The operation's name; `anonymous` where it has none. */
  operation: string;
  kind: 'query' | 'mutation';
  /** The fields of `Query` or `Mutation` that it asks for, in order. */
  fields: string[];
  authorization: 'key' | 'token' | 'none';
  /** Milliseconds since 1970. */
  at: number;
  /** Points. */
  complexity: number;
  /** What the document is asked with. */
  variables: Record<string, unknown>;
}

export interface GraphqlRequest {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** Every rule that a request breaks, in words; a request that keeps them all. */
export type ReadRequest = GraphqlRequest | { problems: readonly string[] };

export function readGraphqlRequest(
  schema: GraphQLSchema,
  headers: IncomingHttpHeaders,
  body: string,
): ReadRequest {
  const contentType = headers['content-type'] ?? 'none';
  if (!contentType.startsWith('application/json')) {
    return { problems: [`content type ${contentType}`] };
  }
  const fields = parseFields(body);
  if (fields === undefined) return { problems: ['the body is no JSON object'] };
  const { query, variables, operationName } = fields;
  if (typeof query !== 'string') return { problems: ['the body has no query'] };
  if (variables !== undefined && variables !== null && typeof variables !== 'object') {
    return { problems: ['variables are no object'] };
  }
  const document = checkDocument(schema, query);
  if ('problems' in document) return document;
  return {
    document,
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: { ...variables },
  };
}

function parseFields(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

type CheckedDocument = DocumentNode | { problems: readonly string[] };

/** Clients ask by the same few documents again and again, and to check one takes milliseconds. */
const checked = new Map<string, CheckedDocument>();

function checkDocument(schema: GraphQLSchema, query: string): CheckedDocument {
  const known = checked.get(query);
  if (known !== undefined) return known;
  const document = parseDocument(query);
  const problems =
    'problems' in document ? [] : validate(schema, document).map(({ message }) => message);
  const result = problems.length > 0 ? { problems } : document;
  checked.set(query, result);
  return result;
}

function parseDocument(query: string): CheckedDocument {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return { problems: [error.message] };
    throw error;
  }
}

export function describeOperation({
  document,
  operationName,
}: GraphqlRequest): Pick<SeenRequest, 'operation' | 'kind' | 'fields'> {
  const operation = getOperationAST(document, operationName);
  const selections = operation?.selectionSet.selections ?? [];
  return {
    operation: operation?.name?.value ?? 'anonymous',
    kind: operation?.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query',
    fields: selections.flatMap((selection) =>
      selection.kind === Kind.FIELD ? [selection.name.value] : [],
    ),
  };
}
