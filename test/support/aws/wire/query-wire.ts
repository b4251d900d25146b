import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError } from './aws-error.ts';
import { readJson } from './json-wire.ts';
import { readQueryMembers } from './query-members.ts';
import type { ServiceSchemas } from './service-schemas.ts';
import type { Wire, WireAnswer } from './wire.ts';

/** The Smithy number of ISO 8601, the form of time where a schema names none. */
const dateTime = 5;

/** What these services call the errors that any service may answer, and with which status. */
const commonErrors: Readonly<Record<string, { code: string; status: number }>> = {
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
  ExpiredTokenException: { code: 'ExpiredToken', status: 403 },
  InvalidSignatureException: { code: 'SignatureDoesNotMatch', status: 403 },
  ThrottlingException: { code: 'Throttling', status: 400 },
  UnrecognizedClientException: { code: 'InvalidClientTokenId', status: 403 },
  ValidationException: { code: 'ValidationError', status: 400 },
};

/** The protocol awsQuery: a form goes in, XML comes out. */
export function createQueryWire(schemas: ServiceSchemas, xmlNamespace: string): Wire {
  return {
    async decode({ body }) {
      const form = new URLSearchParams(body.toString());
      const name = form.get('Action') ?? '';
      const operation = schemas.operations.get(name);
      if (operation === undefined) return undefined;
      form.delete('Action');
      form.delete('Version');
      const { value, unread } = readQueryMembers(operation.input, form);
      const { input, problems } = await readJson(operation.input, value);
      const unknown = unread.map((key) => `${key}: unknown member`);
      return { operation: name, input, problems: [...problems, ...unknown] };
    },
    encode(name, output, requestId) {
      const schema = schemas.operations.get(name)?.output;
      const members = schema === undefined ? '' : writeMembers(schema, output);
      return encodeQueryAnswer({ name, members, xmlNamespace, requestId });
    },
    encodeError: (error, requestId) =>
      encodeQueryError(error, { requestId, ...schemas.errors.get(error.type) }),
  };
}

export interface QueryAnswer {
  /** Of the operation. */
  name: string;
  /** XML within the result. */
  members: string;
  xmlNamespace: string;
  requestId: string;
}

export function encodeQueryAnswer({
  name,
  members,
  xmlNamespace,
  requestId,
}: QueryAnswer): WireAnswer {
  const result = `<${name}Result>${members}</${name}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<${name}Response xmlns="${xmlNamespace}">${result}${metadata}</${name}Response>`,
  };
}

export function encodeQueryError(
  { message, type: errorType }: AwsError,
  { requestId, ...known }: { requestId: string; code?: string; status?: number },
): WireAnswer {
  const { code = errorType, status = 400 } = commonErrors[errorType] ?? known;
  const type = status < 500 ? 'Sender' : 'Receiver';
  const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function writeMembers(schema: NormalizedSchema, output: object): string {
  if (schema.isUnitSchema()) return '';
  const serializer = new XmlShapeSerializer({
    timestampFormat: { useTrait: true, default: dateTime },
    httpBindings: false,
    xmlNamespace: '',
    serviceNamespace: '',
  });
  serializer.write(schema, output);
  const xml = String(serializer.flush());
  // The serialiser puts the members into an element named like the schema; here it is the operation's.
  return /^<[^>]*[^/]>(.*)<\/[^>]+>$/s.exec(xml)?.[1] ?? '';
}
