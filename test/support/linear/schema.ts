import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  buildSchema,
  GraphQLError,
  GraphQLScalarType,
  valueFromASTUntyped,
  type GraphQLSchema,
} from 'graphql';
import { writeSchemaLanguage } from './schema-language.ts';
import { readTypeDeclarations } from './type-declarations.ts';

let schema: GraphQLSchema | undefined;

/**
 * Linear's schema, rebuilt from the types that @linear/sdk ships: the package holds no schema file. Takes
 * about 300 ms, once a process.
 */
export function linearSchema(): GraphQLSchema {
  schema ??= checkTimes(buildSchema(writeSchemaLanguage(readTypeDeclarations(sdkTypes()))));
  return schema;
}

/** The declarations are in a chunk of the package that has a hash in its name. */
function sdkTypes(): string {
  const folder = createRequire(import.meta.url)
    .resolve('@linear/sdk')
    .replace(/[^/]*$/, '');
  const file = readdirSync(folder).find((name) => /^index-.*\.d\.mts$/.test(name));
  if (file === undefined) throw new Error(`@linear/sdk has no type declarations in ${folder}`);
  return readFileSync(join(folder, file), 'utf8');
}

const isoTime = /^\d{4}(-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?)?)?$/;
const isoDuration = /^-?P\w+$/;

/** A schema that was built from text takes anything for a time. */
function checkTimes(built: GraphQLSchema): GraphQLSchema {
  acceptOnly(built, { scalar: 'DateTime', patterns: [isoTime] });
  acceptOnly(built, { scalar: 'DateTimeOrDuration', patterns: [isoTime, isoDuration] });
  return built;
}

function acceptOnly(
  built: GraphQLSchema,
  { scalar, patterns }: { scalar: string; patterns: RegExp[] },
): void {
  const type = built.getType(scalar);
  if (!(type instanceof GraphQLScalarType)) throw new Error(`The schema has no scalar ${scalar}`);
  type.parseValue = (value) => {
    if (typeof value === 'string' && patterns.some((pattern) => pattern.test(value))) return value;
    throw new GraphQLError(`${scalar} cannot represent ${JSON.stringify(value)}`);
  };
  type.parseLiteral = (node, variables) => type.parseValue(valueFromASTUntyped(node, variables));
}
