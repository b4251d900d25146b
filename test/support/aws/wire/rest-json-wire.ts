import type { NormalizedSchema } from '@smithy/core/schema';
import { parseJsonObject } from './json-object.ts';
import { encodeJsonError, readJson, writeJson } from './json-wire.ts';
import type { OperationSchema, ServiceSchemas } from './service-schemas.ts';
import type { DecodedRequest, Wire, WireAnswer, WireRequest } from './wire.ts';

const contentType = 'application/json';

interface Route {
  operation: OperationSchema;
  method: string;
  path: RegExp;
  /** Members of the input in the path, in its order. */
  labels: string[];
}

/** The protocol restJson1: an operation is a method and a path; members lie in path, query, headers and body. */
export function createRestJsonWire(schemas: ServiceSchemas): Wire {
  const routes = [...schemas.operations.values()].flatMap(routeOf);
  return {
    async decode(request) {
      const route = routes.find(
        ({ method, path }) => method === request.method && path.test(request.path),
      );
      if (route === undefined) return undefined;
      const { name, input: schema } = route.operation;
      const bound = boundMembers(route, request);
      if (payloadMember(schema) !== undefined) {
        return decodePayload(route.operation, bound, request.body);
      }
      const body = parseJsonObject(request.body.toString() || '{}');
      const read = await readJson(schema, { ...body, ...bound });
      const problems = body === undefined ? ['the body is no JSON object'] : read.problems;
      return { operation: name, input: read.input, problems };
    },
    encode(name, output, requestId) {
      const operation = schemas.operations.get(name);
      if (operation === undefined) throw new Error(`${name} has no schema`);
      return encodeOutput(operation, new Map(Object.entries(output)), requestId);
    },
    encodeError: (error, requestId) => encodeJsonError(schemas, error, { contentType, requestId }),
  };
}

function routeOf(operation: OperationSchema): Route[] {
  if (operation.http === undefined) return [];
  const [method, pattern] = operation.http;
  const labels: string[] = [];
  const source = (pattern.split('?')[0] ?? '').replaceAll(/\{(\w+)\+?\}/g, (_, label: string) => {
    labels.push(label);
    return '([^/]+)';
  });
  return [{ operation, method, path: new RegExp(`^${source}/?$`), labels }];
}

/** What lies outside of the body, in the types that JSON has. */
function boundMembers(route: Route, request: WireRequest): Record<string, unknown> {
  const values = route.path.exec(request.path)?.slice(1) ?? [];
  const inPath = new Map(
    route.labels.map((label, index) => [label, decodeURIComponent(values[index] ?? '')]),
  );
  const bound: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(route.operation.input.getMemberSchemas())) {
    const text = inPath.get(name) ?? textInQuery(member, request) ?? textInHeader(member, request);
    if (text !== undefined) bound[name] = toJsonValue(member, text);
  }
  return bound;
}

function textInQuery(
  member: NormalizedSchema,
  { query }: WireRequest,
): string | string[] | undefined {
  const { httpQuery } = member.getMergedTraits();
  if (httpQuery === undefined || !query.has(httpQuery)) return undefined;
  return member.isListSchema() ? query.getAll(httpQuery) : (query.get(httpQuery) ?? undefined);
}

function textInHeader(
  member: NormalizedSchema,
  { headers }: WireRequest,
): string | string[] | undefined {
  const { httpHeader } = member.getMergedTraits();
  return httpHeader === undefined ? undefined : headers[httpHeader.toLowerCase()];
}

function toJsonValue(member: NormalizedSchema, text: string | string[]): unknown {
  if (Array.isArray(text)) return text;
  if (member.isNumericSchema()) return Number(text);
  if (member.isBooleanSchema()) return text === 'true';
  if (member.isTimestampSchema()) return Date.parse(text) / 1000;
  return text;
}

/** The body is one member: bytes, or a structure of its own. */
async function decodePayload(
  { name: operation, input: schema }: OperationSchema,
  bound: Record<string, unknown>,
  body: Buffer,
): Promise<DecodedRequest> {
  const { input, problems } = await readJson(schema, bound);
  const [name, member] = payloadMember(schema) ?? [];
  if (name === undefined || member === undefined || body.length === 0) {
    return { operation, input, problems };
  }
  if (member.isBlobSchema()) return { operation, input: { ...input, [name]: body }, problems };
  const read = await readJson(member, body);
  return {
    operation,
    input: { ...input, [name]: read.input },
    problems: [...problems, ...read.problems],
  };
}

function encodeOutput(
  { http, output }: OperationSchema,
  members: Map<string, unknown>,
  requestId: string,
): WireAnswer {
  const headers: Record<string, string> = {
    'content-type': contentType,
    'x-amzn-requestid': requestId,
  };
  let status = http?.[2] ?? 200;
  let payload: Uint8Array | undefined;
  for (const [name, member] of Object.entries(output.getMemberSchemas())) {
    const value = members.get(name);
    const { httpHeader, httpPayload, httpResponseCode } = member.getMergedTraits();
    if (httpHeader === undefined && !httpPayload && !httpResponseCode) continue;
    members.delete(name);
    if (value === undefined) continue;
    if (httpHeader !== undefined && typeof value === 'string') headers[httpHeader] = value;
    if (httpResponseCode) status = Number(value);
    if (httpPayload && value instanceof Uint8Array) payload = value;
  }
  const hasPayload = payloadMember(output) !== undefined;
  const body = hasPayload ? (payload ?? '') : writeBody(output, Object.fromEntries(members));
  return { status, headers, body };
}

function writeBody(output: NormalizedSchema, members: object): Uint8Array | string {
  return output.isUnitSchema() ? '' : writeJson(output, members);
}

/** Of an input or output whose body is one member alone. */
function payloadMember(schema: NormalizedSchema): [string, NormalizedSchema] | undefined {
  return Object.entries(schema.getMemberSchemas()).find(
    ([, member]) => member.getMergedTraits().httpPayload,
  );
}
