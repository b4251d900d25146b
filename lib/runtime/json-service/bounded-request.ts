import { UpstreamError } from '../../domain/errors.ts';
import { describeNetworkFailure } from './network-failures.ts';

export interface OutgoingRequest {
  /** How people know the service: `Codegen`. */
  title: string;
  /** The same in errors and counts: `codegen`. */
  service: string;
  url: string;
  method: 'GET' | 'POST';
  /** Value of the header. */
  authorization: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. Default: nothing is sent. */
  body?: unknown;
  /** Milliseconds for the request with its whole answer. */
  requestMs: number;
}

export interface JsonAnswer {
  status: number;
  headers: Headers;
  /** What its JSON says; undefined where it is none. */
  body: unknown;
}

/** Of an answer, unpacked: agents may write at length, but not fill the memory of a function. */
const mostBytes = 16 * 1024 * 1024;

/**
 * One request with its answer, whatever that says.
 * @throws UpstreamError (retryable) when there is no answer in time, or it breaks off; not
 * retryable when it is larger than 16 MB, of which no more is read
 */
export async function requestJson(request: OutgoingRequest): Promise<JsonAnswer> {
  const { requestMs, service, title } = request;
  const signal = AbortSignal.timeout(requestMs);
  try {
    const response = await send(request, signal);
    const text = await readText(response);
    if (text !== undefined) {
      return { status: response.status, headers: response.headers, body: parseJson(text) };
    }
  } catch (cause) {
    const why = describeNetworkFailure(cause, requestMs);
    throw new UpstreamError(`${title} ${why}.`, { service, retryable: true, cause });
  }
  const text = `${title} has sent an answer of more than 16 MB, which was not read.`;
  throw new UpstreamError(text, { service, retryable: false, cause: tooLarge });
}

const tooLarge = new RangeError('The answer is too large.');

/** Whether it was there, but larger than what is read: it will not become smaller. */
export function isTooLarge(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && error.cause === tooLarge;
}

async function send(request: OutgoingRequest, signal: AbortSignal): Promise<Response> {
  const { authorization, body, headers, method, url } = request;
  return await fetch(url, {
    method,
    headers: {
      accept: 'application/json',
      authorization,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    // Credentials are not sent on to where an answer points.
    redirect: 'error',
    signal,
  });
}

/** Undefined for one that is too large. */
async function readText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
