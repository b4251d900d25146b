import {
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
} from 'graphql';

/**
 * Takes a field from the view of an entity. What the view lacks is empty where the schema allows it: an entity
 * of Linear has far more fields than tests are about. Queries and mutations that are not served are errors.
 */
export const resolveField: GraphQLFieldResolver<unknown, unknown> = (...call) => {
  const [source, args, context, { fieldName, parentType, returnType }] = call;
  const value: unknown = Object(source)[fieldName];
  if (typeof value === 'function') return value(args, context);
  if (value !== undefined) return value;
  const isRoot = parentType.name === 'Query' || parentType.name === 'Mutation';
  const empty = isRoot ? undefined : emptyValue(returnType);
  if (empty === undefined) {
    throw new Error(`The test server does not serve ${parentType.name}.${fieldName}`);
  }
  return empty;
};

const emptyScalars = new Map<string, unknown>([
  ['String', ''],
  ['Int', 0],
  ['Float', 0],
  ['Boolean', false],
  ['DateTime', '2026-01-01T00:00:00.000Z'],
  ['JSON', {}],
  ['JSONObject', {}],
]);

/** Undefined where the schema demands an entity. */
function emptyValue(type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return null;
  const demanded = getNullableType(type);
  if (isListType(demanded)) return [];
  if (isEnumType(demanded)) return demanded.getValues()[0]?.value;
  if (isObjectType(demanded)) return 'id' in demanded.getFields() ? undefined : {};
  return 'name' in demanded ? emptyScalars.get(demanded.name) : undefined;
}
