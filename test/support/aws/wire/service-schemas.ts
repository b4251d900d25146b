import { NormalizedSchema } from '@smithy/core/schema';

/** One operation as the SDK's client describes it. */
export interface OperationSchema {
  name: string;
  input: NormalizedSchema;
  output: NormalizedSchema;
  /** Method, path with labels, status: of a service that speaks REST. */
  http: readonly [method: string, path: string, status: number] | undefined;
}

export interface ServiceSchemas {
  operations: ReadonlyMap<string, OperationSchema>;
  /** HTTP status and name on the wire by type of error. */
  errors: ReadonlyMap<string, { status: number; code: string }>;
}

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

/** The traits that matter here, of all that Smithy has. */
interface Traits {
  http?: readonly [string, string, number];
  httpError?: number;
  awsQueryError?: readonly [code: string, status: number];
}

type StaticOperation = [9, string, string, Traits | number, SchemaRef, SchemaRef];
type StaticError = [-3, string, string, Traits | number, ...unknown[]];

/** Errors that any service may answer; no schema names them. */
const commonErrors: Readonly<Record<string, number>> = {
  AccessDeniedException: 400,
  ExpiredTokenException: 400,
  InternalFailure: 500,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  SerializationException: 400,
  ThrottlingException: 400,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  ValidationException: 400,
};

/** @param client the module of an SDK client: it exports the schemas of its service */
export function serviceSchemas(client: object): ServiceSchemas {
  const operations = new Map<string, OperationSchema>();
  const errors = new Map(
    Object.entries(commonErrors).map(([type, status]) => [type, { status, code: type }]),
  );
  for (const exported of Object.values(client)) {
    if (isOperation(exported)) operations.set(exported[2], operationOf(exported));
    if (isError(exported)) errors.set(exported[2], errorOf(exported));
  }
  return { operations, errors };
}

function isOperation(exported: unknown): exported is StaticOperation {
  return Array.isArray(exported) && exported[0] === 9;
}

function isError(exported: unknown): exported is StaticError {
  return Array.isArray(exported) && exported[0] === -3;
}

function operationOf([, , name, traits, input, output]: StaticOperation): OperationSchema {
  return {
    name,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    http: typeof traits === 'object' ? traits.http : undefined,
  };
}

function errorOf([, , type, traits]: StaticError): { status: number; code: string } {
  const { httpError, awsQueryError }: Traits = typeof traits === 'object' ? traits : {};
  return { status: awsQueryError?.[1] ?? httpError ?? 400, code: awsQueryError?.[0] ?? type };
}
