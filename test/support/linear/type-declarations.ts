/** What a GraphQL schema holds, read from the TypeScript declarations that GraphQL Code Generator made of it. */
export interface SchemaDeclarations {
  types: Map<string, DeclaredType>;
  unions: Map<string, string[]>;
  enums: Map<string, string[]>;
  scalars: string[];
}

export interface DeclaredType {
  fields: DeclaredField[];
  interfaces: string[];
  /** Object types name themselves; inputs, interfaces and arguments do not. */
  isObject: boolean;
}

export interface DeclaredField {
  name: string;
  /** In TypeScript, without blanks: `Maybe<Array<Scalars["String"]>>`. */
  type: string;
  optional: boolean;
}

/** @param source a `.d.ts` file as GraphQL Code Generator lays it out: one declaration or member a line */
export function readTypeDeclarations(source: string): SchemaDeclarations {
  const types = readTypes(source);
  return {
    types,
    unions: readUnions(source, types),
    enums: readEnums(source),
    scalars: types.get('Scalars')?.fields.map(({ name }) => name) ?? [],
  };
}

function readTypes(source: string): Map<string, DeclaredType> {
  const types = new Map<string, DeclaredType>();
  const pattern = /^type (\w+) = ((?:\w+ & )*)\{\n([\s\S]*?)^\};/gm;
  for (const [, name = '', interfaces = '', body = ''] of source.matchAll(pattern)) {
    const fields = readFields(body);
    types.set(name, {
      fields: fields.filter((field) => !field.name.startsWith('_')),
      interfaces: interfaces.split(' & ').filter((text) => text !== ''),
      isObject: fields.some((field) => field.name === '__typename'),
    });
  }
  return types;
}

function readFields(body: string): DeclaredField[] {
  const withoutComments = body.replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
  const matches = withoutComments.matchAll(/^ {2}(\w+)(\??): ([\s\S]*?);$/gm);
  return [...matches].map(([, name = '', optional, type = '']) => ({
    name,
    type: type.replaceAll(/\s+/g, ''),
    optional: optional === '?',
  }));
}

/** Only unions of object types: those of strings and of interfaces are not of the schema. */
function readUnions(source: string, types: Map<string, DeclaredType>): Map<string, string[]> {
  const unions = new Map<string, string[]>();
  for (const [, name = '', list = ''] of source.matchAll(/^type (\w+) =([\w| \n]+);/gm)) {
    const members = list
      .split('|')
      .map((text) => text.trim())
      .filter((text) => text !== '');
    if (members.every((member) => types.get(member)?.isObject)) unions.set(name, members);
  }
  return unions;
}

function readEnums(source: string): Map<string, string[]> {
  const enums = new Map<string, string[]>();
  for (const [, name = '', body = ''] of source.matchAll(
    /^declare enum (\w+) \{\n([\s\S]*?)^\}/gm,
  )) {
    enums.set(
      name,
      [...body.matchAll(/^ {2}\w+ = "([^"]+)"/gm)].map(([, value = '']) => value),
    );
  }
  return enums;
}
