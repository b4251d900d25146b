import type { NormalizedSchema } from '@smithy/core/schema';
import { isJsonObject } from './json-object.ts';

/**
 * What a schema does not allow in JSON that came over the wire: unknown members, missing ones, wrong types.
 * @param at where the value lies: `Entries.0.`
 */
export function memberProblems(schema: NormalizedSchema, value: unknown, at = ''): string[] {
  if (value === undefined || value === null) return [];
  if (schema.isStructSchema()) return structProblems(schema, value, at);
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [`${at}: expected a list`];
    const member = schema.getValueSchema();
    return value.flatMap((item, index) => memberProblems(member, item, `${at}${index}.`));
  }
  if (schema.isMapSchema()) {
    if (!isJsonObject(value)) return [`${at}: expected a map`];
    const member = schema.getValueSchema();
    return Object.entries(value).flatMap(([key, item]) =>
      memberProblems(member, item, `${at}${key}.`),
    );
  }
  const expected = simpleType(schema);
  return expected === undefined || expected.includes(typeof value)
    ? []
    : [`${at}: expected ${expected.join(' or ')}`];
}

function structProblems(schema: NormalizedSchema, value: unknown, at: string): string[] {
  if (!isJsonObject(value)) return [`${at}: expected an object`];
  const members = schema.getMemberSchemas();
  const missing = requiredMembers(schema)
    .filter((name) => value[name] === undefined || value[name] === null)
    .map((name) => `${at}${name}: required member missing`);
  const wrong = Object.entries(value).flatMap(([name, item]) => {
    const member = members[name];
    return member === undefined
      ? [`${at}${name}: unknown member`]
      : memberProblems(member, item, `${at}${name}.`);
  });
  return [...missing, ...wrong];
}

/** A structure's static schema lists its required members first and counts them at the end. */
function requiredMembers(schema: NormalizedSchema): string[] {
  const parts: unknown = schema.getSchema();
  if (!Array.isArray(parts)) return [];
  const [, , , , names, , count]: unknown[] = parts;
  return Array.isArray(names) && typeof count === 'number' ? names.slice(0, count).map(String) : [];
}

function simpleType(schema: NormalizedSchema): string[] | undefined {
  if (schema.isStringSchema() || schema.isBlobSchema()) return ['string'];
  if (schema.isBooleanSchema()) return ['boolean'];
  if (schema.isNumericSchema()) return ['number'];
  if (schema.isTimestampSchema()) return ['number', 'string'];
  return undefined;
}
