import { JsonShapeDeserializer2, JsonShapeSerializer2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError } from './aws-error.ts';
import { isJsonObject, parseJsonObject } from './json-object.ts';
import { memberProblems } from './member-problems.ts';
import type { ServiceSchemas } from './service-schemas.ts';
import type { Wire, WireAnswer } from './wire.ts';

/** The Smithy number of "seconds since 1970", the form of time where a schema names none. */
const epochSeconds = 7;
const settings = {
  timestampFormat: { useTrait: true, default: epochSeconds },
  jsonName: false,
} as const;

/** The protocols awsJson1.0 and awsJson1.1: the operation is in a header, everything else in the body. */
export function createJsonWire(schemas: ServiceSchemas, version: '1.0' | '1.1'): Wire {
  const contentType = `application/x-amz-json-${version}`;
  return {
    async decode({ headers, body }) {
      const name =
        String(headers['x-amz-target'] ?? '')
          .split('.')
          .at(-1) ?? '';
      const operation = schemas.operations.get(name);
      if (operation === undefined) return undefined;
      return { operation: name, ...(await readJson(operation.input, body)) };
    },
    encode(operation, output, requestId) {
      const schema = schemas.operations.get(operation)?.output;
      return {
        status: 200,
        headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
        body: schema === undefined ? '{}' : writeJson(schema, output),
      };
    },
    encodeError: (error, requestId) => encodeJsonError(schemas, error, { contentType, requestId }),
  };
}

/** Reads a body by a schema, and says what the schema does not allow. */
export async function readJson(
  schema: NormalizedSchema,
  body: Buffer | Record<string, unknown>,
): Promise<{ input: Record<string, unknown>; problems: string[] }> {
  const json = Buffer.isBuffer(body) ? parseJsonObject(body.toString() || '{}') : body;
  if (json === undefined) return { input: {}, problems: ['the body is no JSON object'] };
  const problems = memberProblems(schema, json);
  if (problems.length > 0) return { input: json, problems };
  const input: unknown = await new JsonShapeDeserializer2(settings).read(
    schema,
    JSON.stringify(json),
  );
  return { input: isJsonObject(input) ? input : {}, problems };
}

export function writeJson(schema: NormalizedSchema, output: object): Uint8Array {
  const serializer = new JsonShapeSerializer2(settings);
  serializer.write(schema, output);
  const bytes: Uint8Array = serializer.flush();
  // The serialiser's own kind of bytes complains when it is read as such.
  return Buffer.concat([bytes]);
}

export function encodeJsonError(
  schemas: ServiceSchemas,
  error: AwsError,
  { contentType, requestId }: { contentType: string; requestId: string },
): WireAnswer {
  return {
    status: schemas.errors.get(error.type)?.status ?? 400,
    headers: {
      'content-type': contentType,
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.type,
    },
    body: JSON.stringify({ __type: error.type, message: error.message, ...error.members }),
  };
}
