import type { NormalizedSchema } from '@smithy/core/schema';

/**
 * Reads a form such as `Filters.member.1.Name=a` by a schema.
 * @returns JSON, and the keys that the schema does not know
 */
export function readQueryMembers(
  schema: NormalizedSchema,
  form: URLSearchParams,
): { value: Record<string, unknown>; unread: string[] } {
  const unread = new Set(form.keys());

  function read(member: NormalizedSchema, key: string): unknown {
    if (member.isStructSchema()) return readStruct(member, `${key}.`);
    if (member.isListSchema()) return readList(member, key);
    if (member.isMapSchema()) return readMap(member, key);
    unread.delete(key);
    return toJsonValue(member, form.get(key) ?? '');
  }

  function readStruct(struct: NormalizedSchema, prefix: string): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(struct.getMemberSchemas())) {
      const key = `${prefix}${member.getMergedTraits().xmlName ?? name}`;
      if (has(key)) value[name] = read(member, key);
    }
    return value;
  }

  function readList(list: NormalizedSchema, key: string): unknown[] {
    // An empty list is told by its name alone.
    unread.delete(key);
    const member = list.getValueSchema();
    const { xmlFlattened } = list.getMergedTraits();
    const items = xmlFlattened ? key : `${key}.${member.getMergedTraits().xmlName ?? 'member'}`;
    const values: unknown[] = [];
    while (has(`${items}.${values.length + 1}`)) {
      values.push(read(member, `${items}.${values.length + 1}`));
    }
    return values;
  }

  function readMap(map: NormalizedSchema, key: string): Record<string, unknown> {
    const entries = map.getMergedTraits().xmlFlattened ? key : `${key}.entry`;
    const keyName = map.getKeySchema().getMergedTraits().xmlName ?? 'key';
    const valueName = map.getValueSchema().getMergedTraits().xmlName ?? 'value';
    const value: Record<string, unknown> = {};
    for (let index = 1; has(`${entries}.${index}`); index += 1) {
      const name = read(map.getKeySchema(), `${entries}.${index}.${keyName}`);
      value[String(name)] = read(map.getValueSchema(), `${entries}.${index}.${valueName}`);
    }
    return value;
  }

  function has(key: string): boolean {
    return form.has(key) || [...form.keys()].some((known) => known.startsWith(`${key}.`));
  }

  const value = readStruct(schema, '');
  return { value, unread: [...unread] };
}

/** A form has texts only. */
function toJsonValue(member: NormalizedSchema, text: string): unknown {
  if (member.isNumericSchema()) return Number(text);
  if (member.isBooleanSchema()) return text === 'true';
  if (member.isTimestampSchema()) return Date.parse(text) / 1000;
  return text;
}
