import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../../../lib/domain/json-fields.ts';
import { operationIds, type ExampleId, type OperationId } from './operations.ts';

/** One operation as GitHub describes it. */
export interface Operation {
  id: OperationId;
  method: string;
  /** `/repos/{owner}/{repo}` */
  path: string;
  parameters: readonly {
    name: string;
    in: 'path' | 'query';
    required: boolean;
    schema: JsonObject;
  }[];
  /** Schema of the request's body; absent where it has none. */
  body?: JsonObject;
  /** By status the schema of what is answered; null where that is no JSON. */
  responses: Readonly<Record<string, JsonObject | null>>;
}

interface Extracted {
  operations: Record<OperationId, Omit<Operation, 'id'>>;
  schemas: JsonObject;
  examples: Record<ExampleId, JsonObject>;
}

/** Made by `extract-operations.ts`. */
const fixture = new URL('../../fixtures/github-openapi.json', import.meta.url);
const { examples, operations, schemas }: Extracted = JSON.parse(readFileSync(fixture, 'utf8'));

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
// GitHub's own formats, which say nothing that could be checked.
for (const format of ['repo.nwo', 'timestamp']) ajv.addFormat(format, true);
ajv.addSchema({ $id: 'github', schemas });

const validators = new WeakMap<JsonObject, ValidateFunction>();

function validatorOf(schema: JsonObject): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const text = JSON.stringify(schema).replaceAll('"#/schemas/', '"github#/schemas/');
  const validator = ajv.compile(JSON.parse(text));
  validators.set(schema, validator);
  return validator;
}

/** What is wrong with a value, each as `body/events/0 must be string`. */
export function problemsOf(schema: JsonObject, value: unknown, name: string): string[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const field: unknown = params['additionalProperty'];
    const extra = typeof field === 'string' ? ` (${field})` : '';
    return `${name}${instancePath} ${message ?? 'is wrong'}${extra}`;
  });
}

interface Route {
  operation: Operation;
  pattern: RegExp;
  names: string[];
}

const routes: Route[] = operationIds
  .map((id) => routeOf({ ...operations[id], id }))
  .toSorted((a, b) => a.names.length - b.names.length);

function routeOf(operation: Operation): Route {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const pattern = new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`);
  return { operation, pattern, names };
}

export interface FoundOperation {
  operation: Operation;
  /** Decoded values of the path's parameters. */
  params: Record<string, string>;
}

/** @param path encoded, without a query. A slash inside of a parameter has to be encoded. */
export function findOperation(method: string, path: string): FoundOperation | undefined {
  for (const { names, operation, pattern } of routes) {
    const match = operation.method === method ? pattern.exec(path) : null;
    if (match === null) continue;
    const values = match.slice(1).map((value) => decodeURIComponent(value));
    const params = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
    return { operation, params };
  }
  return undefined;
}

/** A copy of GitHub's own example, with our values; undefined takes a field away. */
export function fromExample(id: ExampleId, values: JsonObject): Record<string, unknown> {
  return { ...structuredClone(examples[id]), ...values };
}
