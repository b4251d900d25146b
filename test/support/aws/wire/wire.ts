import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError } from './aws-error.ts';

export interface WireRequest {
  method: string;
  /** Still percent-encoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

export interface DecodedRequest {
  /** `GetSecretValue` */
  operation: string;
  /** With dates and bytes as the SDK gives them to a caller. */
  input: Record<string, unknown>;
  /** What the schema of the operation does not allow: `Entries.0.Sauce: unknown member`. */
  problems: string[];
}

/** How a service's requests and answers look on the wire. */
export interface Wire {
  /** Undefined for a request that is none of the service's operations. */
  decode(request: WireRequest): Promise<DecodedRequest | undefined>;
  encode(operation: string, output: object, requestId: string): WireAnswer;
  encodeError(error: AwsError, requestId: string): WireAnswer;
}
