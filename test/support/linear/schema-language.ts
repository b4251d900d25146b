import type { DeclaredField, DeclaredType, SchemaDeclarations } from './type-declarations.ts';

/** A type is an input or not by where it is used: its declaration does not tell. */
interface Use {
  name: string;
  role: 'input' | 'output';
}

interface Definition {
  text: string;
  uses: Use[];
}

const builtInScalars = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

/** The schema in GraphQL's schema definition language: all that can be reached from queries and mutations. */
export function writeSchemaLanguage(declared: SchemaDeclarations): string {
  const write = definitionWriter(declared);
  const uses: Use[] = ['Query', 'Mutation', ...implementations(declared)].map((name) => ({
    name,
    role: 'output',
  }));
  const definitions = new Map<string, string>();
  // What is found on the way is appended, and visited in turn.
  for (const use of uses) {
    if (definitions.has(use.name) || builtInScalars.has(use.name)) continue;
    const definition = write(use);
    definitions.set(use.name, definition.text);
    uses.push(...definition.uses);
  }
  return [...definitions.values()].join('\n\n');
}

/** Nothing but the interface refers to some of them. */
function implementations({ types }: SchemaDeclarations): string[] {
  return [...types]
    .filter(([, type]) => type.isObject && type.interfaces.length > 0)
    .map(([name]) => name);
}

function definitionWriter(declared: SchemaDeclarations): (use: Use) => Definition {
  const { types, unions, enums } = declared;
  const argumentsOf = argumentFinder(types);
  const interfaces = new Set([...types.values()].flatMap((type) => type.interfaces));

  return ({ name, role }) => {
    const values = enums.get(name);
    if (values !== undefined) return { text: `enum ${name} { ${values.join(' ')} }`, uses: [] };
    const members = unions.get(name);
    if (members !== undefined) {
      const uses = members.map((member): Use => ({ name: member, role: 'output' }));
      return { text: `union ${name} = ${members.join(' | ')}`, uses };
    }
    const type = types.get(name);
    if (type === undefined) return { text: `scalar ${name}`, uses: [] };
    const fields = fieldsWithInherited(type, types).map((field) =>
      writeField(field, role, role === 'output' ? argumentsOf(name, field.name) : []),
    );
    const keyword = interfaces.has(name) ? 'interface' : 'type';
    const parents = type.interfaces.length > 0 ? ` implements ${type.interfaces.join(' & ')}` : '';
    const lines = fields.map(({ text }) => `  ${text}`).join('\n');
    return {
      text: `${role === 'input' ? 'input' : keyword} ${name}${parents} {\n${lines}\n}`,
      uses: [
        ...fields.flatMap(({ uses }) => uses),
        ...type.interfaces.map((parent): Use => ({ name: parent, role: 'output' })),
      ],
    };
  };
}

/** `Team.states` has its arguments in `TeamStatesArgs`; capitals inside of a name may differ. */
function argumentFinder(types: Map<string, DeclaredType>) {
  const byName = new Map(
    [...types]
      .filter(([name]) => name.endsWith('Args'))
      .map(([name, type]) => [name.toLowerCase(), type.fields]),
  );
  return (type: string, field: string): DeclaredField[] =>
    byName.get(`${type}${field}args`.toLowerCase()) ?? [];
}

function fieldsWithInherited(
  type: DeclaredType,
  types: Map<string, DeclaredType>,
): DeclaredField[] {
  const inherited = type.interfaces.flatMap((name) => types.get(name)?.fields ?? []);
  const own = new Set(type.fields.map(({ name }) => name));
  return [...type.fields, ...inherited.filter(({ name }) => !own.has(name))];
}

function writeField(field: DeclaredField, role: Use['role'], args: DeclaredField[]): Definition {
  const written = args.map((arg) => writeField(arg, 'input', []));
  const list = args.length > 0 ? `(${written.map(({ text }) => text).join(', ')})` : '';
  const type = graphqlTypeOf(field);
  return {
    text: `${field.name}${list}: ${type}`,
    uses: [{ name: type.replaceAll(/[[\]!]/g, ''), role }, ...written.flatMap(({ uses }) => uses)],
  };
}

function graphqlTypeOf({ type, optional }: DeclaredField): string {
  return optional ? nullable(translate(type)) : translate(type);
}

/** `Maybe<Array<Scalars["String"]>>` is `[String!]`. */
function translate(type: string): string {
  const inMaybe = /^(?:Input)?Maybe<(.*)>$/.exec(type)?.[1];
  if (inMaybe !== undefined) return nullable(translate(inMaybe));
  const inArray = /^Array<(.*)>$/.exec(type)?.[1];
  if (inArray !== undefined) return `[${translate(inArray)}]!`;
  return `${/^Scalars\["(\w+)"\]$/.exec(type)?.[1] ?? type}!`;
}

function nullable(type: string): string {
  return type.replace(/!$/, '');
}
