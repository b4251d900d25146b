import { isJsonObject, type JsonObject } from '../../../lib/domain/json-fields.ts';

/** Words for readers, and hints that JSON Schema does not know. */
const dropped = new Set([
  'default',
  'deprecated',
  'description',
  'discriminator',
  'example',
  'examples',
  'externalDocs',
  'title',
]);

/** A schema of OpenAPI 3.0 as JSON Schema: `nullable` is a type there, references have another root. */
export function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (!isJsonObject(schema)) return schema;
  const { $ref, nullable, ...rest } = schema;
  if (typeof $ref === 'string') {
    const reference = { $ref: $ref.replace('#/components/schemas/', '#/schemas/') };
    return nullable === true ? orNull(reference) : reference;
  }
  const kept = Object.entries(rest).filter(([name]) => !dropped.has(name) && !isExtension(name));
  const converted = Object.fromEntries(kept.map(([name, value]) => [name, convert(name, value)]));
  return nullable === true ? orNull(converted) : converted;
}

/** Names of properties are no keywords: one may well be called `description`. */
function convert(keyword: string, value: unknown): unknown {
  if (keyword !== 'properties' || !isJsonObject(value)) return toJsonSchema(value);
  const properties = Object.entries(value);
  return Object.fromEntries(properties.map(([name, schema]) => [name, toJsonSchema(schema)]));
}

function isExtension(name: string): boolean {
  return name.startsWith('x-');
}

function orNull(schema: unknown): JsonObject {
  return { anyOf: [schema, { type: 'null' }] };
}

/** What `orNull` has been given; undefined for any other schema. */
function schemaOrNull({ anyOf }: JsonObject): unknown {
  const [schema, last]: unknown[] = Array.isArray(anyOf) ? anyOf : [];
  return isJsonObject(last) && last['type'] === 'null' ? schema : undefined;
}

/**
 * Refuses fields that a request body is not said to have: GitHub ignores them, but whoever sends them is
 * mistaken. Alternatives stay open, as they only add conditions to the fields around them.
 */
export function closeToOthers(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema;
  const nullable = schemaOrNull(schema);
  if (nullable !== undefined) return orNull(closeToOthers(nullable));
  const { items, properties, additionalProperties = false, ...rest } = schema;
  return {
    ...rest,
    ...(items === undefined ? {} : { items: closeToOthers(items) }),
    ...(isJsonObject(properties)
      ? { properties: mapValues(properties, closeToOthers), additionalProperties }
      : {}),
    ...(properties === undefined && 'additionalProperties' in schema
      ? { additionalProperties }
      : {}),
  };
}

function mapValues(of: JsonObject, change: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));
}
