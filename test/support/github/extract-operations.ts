/**
 * Takes the operations that we use out of GitHub's own description of its REST API, with everything they
 * refer to, into a fixture: `node test/support/github/extract-operations.ts`. Run again for a new version;
 * the package itself (394 MB) never becomes a dependency.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { isJsonObject, type JsonObject } from '../../../lib/domain/json-fields.ts';
import { closeToOthers, toJsonSchema } from './json-schema.ts';
import { exampleIds, operationIds } from './operations.ts';
import { readableJson } from './readable-json.ts';

const openapiPackage = '@octokit/openapi@23.0.2';
const descriptionFile = 'package/generated/api.github.com.json';
const fixture = new URL('../../fixtures/github-openapi.json', import.meta.url);

async function downloadDescription(): Promise<JsonObject> {
  const folder = mkdtempSync(join(tmpdir(), 'github-openapi-'));
  try {
    const pack = ['pack', openapiPackage, '--silent', '--pack-destination', folder];
    const name = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
    return await readDescription(join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function readDescription(archive: string): Promise<JsonObject> {
  const entries = createReadStream(archive).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    if (entry.header.name === descriptionFile) return asObject(await json(entry));
    entry.resume();
  }
  throw new Error(`${openapiPackage} has no ${descriptionFile}`);
}

function asObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error('The description is not as expected');
  return value;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Leads from a reference to what it means; other values are what they are. */
function follow(description: JsonObject, value: unknown): JsonObject {
  const found = asObject(value);
  const ref = found['$ref'];
  if (typeof ref !== 'string') return found;
  const steps = ref.split('/').slice(1);
  return follow(
    description,
    steps.reduce<unknown>((at, step) => asObject(at)[step], description),
  );
}

interface FoundOperation {
  method: string;
  path: string;
  operation: JsonObject;
}

function findOperation(description: JsonObject, id: string): FoundOperation {
  for (const [path, item] of Object.entries(asObject(description['paths']))) {
    for (const [method, operation] of Object.entries(asObject(item))) {
      if (!isJsonObject(operation) || operation['operationId'] !== id) continue;
      return { method: method.toUpperCase(), path, operation };
    }
  }
  throw new Error(`GitHub describes no operation ${id}`);
}

function describeOperation(description: JsonObject, id: string): JsonObject {
  const { method, operation, path } = findOperation(description, id);
  const parameters = asList(operation['parameters']).map((parameter) => {
    const { name, in: place, required = false, schema } = follow(description, parameter);
    return { name, in: place, required, schema: toJsonSchema(schema) };
  });
  const body = operation['requestBody'];
  const content = body === undefined ? undefined : contentOf(follow(description, body));
  return {
    method,
    path,
    parameters,
    ...(content === undefined ? {} : { body: closeToOthers(toJsonSchema(content['schema'])) }),
    responses: describeResponses(description, asObject(operation['responses'])),
  };
}

/** Of each status the schema of its JSON; null where it has none. */
function describeResponses(description: JsonObject, responses: JsonObject): JsonObject {
  const described = Object.entries(responses).map(([status, response]) => {
    const schema = contentOf(follow(description, response))?.['schema'];
    return [status, schema === undefined ? null : toJsonSchema(schema)] as const;
  });
  return Object.fromEntries(described);
}

function contentOf(described: JsonObject): JsonObject | undefined {
  const content = asObject(described['content'] ?? {})['application/json'];
  return isJsonObject(content) ? content : undefined;
}

/** GitHub's own example of what an operation answers when all is well. */
function exampleOf(description: JsonObject, id: string): unknown {
  const { operation } = findOperation(description, id);
  const [good] = Object.values(asObject(operation['responses']));
  const examples = asObject(contentOf(follow(description, good))?.['examples']);
  return follow(description, Object.values(examples)[0])['value'];
}

/** Names of the schemas that anything in the value refers to. */
function schemasIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(schemasIn);
  if (!isJsonObject(value)) return [];
  const ref = value['$ref'];
  if (typeof ref === 'string') return [ref.slice('#/schemas/'.length)];
  return Object.values(value).flatMap(schemasIn);
}

/** All schemas that are needed, also by one another. */
function collectSchemas(description: JsonObject, operations: JsonObject): JsonObject {
  const known = asObject(asObject(description['components'])['schemas']);
  const collected = new Map<string, unknown>();
  const wanted = schemasIn(operations);
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (collected.has(name)) continue;
    const schema = toJsonSchema(known[name]);
    collected.set(name, schema);
    wanted.push(...schemasIn(schema));
  }
  return Object.fromEntries([...collected].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const description = await downloadDescription();
const operations = Object.fromEntries(
  operationIds.map((id) => [id, describeOperation(description, id)]),
);
const examples = Object.fromEntries(exampleIds.map((id) => [id, exampleOf(description, id)]));
const schemas = collectSchemas(description, operations);
const extracted = { source: `${openapiPackage} ${descriptionFile}`, operations, schemas, examples };
writeFileSync(fixture, `${readableJson(extracted)}\n`);
