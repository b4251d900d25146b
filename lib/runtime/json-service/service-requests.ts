import type { z } from 'zod';
import type { UpstreamError } from '../../domain/errors.ts';
import type { CalledService } from '../../domain/usage.ts';
import type { CallMeter } from '../../ports/call-meter.ts';
import { requestJson, type JsonAnswer } from './bounded-request.ts';
import type { LiveCredentials, ServiceCredentials } from './live-credentials.ts';
import {
  explainUsual,
  passing,
  readRetryAfter,
  type Refusal,
  type ServiceName,
} from './refusals.ts';
import type { SharedRate } from './shared-rate.ts';

/** One request to a JSON service, and what its answer has to look like. */
export interface Question<Data, Credentials extends ServiceCredentials> {
  method: 'GET' | 'POST';
  /** Behind the address of the API: `/v1/users/me`. */
  path: (credentials: Credentials) => string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. Default: nothing is sent. */
  body?: unknown;
  schema: z.ZodType<Data>;
  /** What the request counts against. */
  rate: SharedRate;
  /** What it means that the service has refused, for a person who can do something about it. */
  explain: (refusal: Refusal) => UpstreamError;
}

export interface ServiceRequestsOptions<Credentials extends ServiceCredentials> {
  name: ServiceName & { service: CalledService };
  /** Without a slash at the end. */
  apiUrl: string;
  /** Milliseconds for one request with its answer. */
  requestMs: number;
  credentials: LiveCredentials<Credentials>;
  meter: CallMeter | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
}

export interface ServiceRequests<Credentials extends ServiceCredentials> {
  /** @throws UpstreamError when it may not be asked now, refuses, or gives no usable answer */
  ask<Data>(question: Question<Data, Credentials>): Promise<Data>;
}

/**
 * Asks a JSON service within its rates. What fails is not asked again here: only whoever asks knows
 * whether that would do it twice. What was refused for its credentials has done nothing: it is asked
 * with others, once.
 */
export function createServiceRequests<Credentials extends ServiceCredentials>(
  options: ServiceRequestsOptions<Credentials>,
): ServiceRequests<Credentials> {
  const { credentials } = options;
  return {
    ask: async (question) => {
      const first = await credentials.current();
      const answer = await send(question, first, options);
      if (answer.status !== 401) return await dataIn(answer, question, { options, used: first });
      const other = await credentials.otherThan(first);
      if (other === undefined) return await dataIn(answer, question, { options, used: first });
      const second = await send(question, other, options);
      return await dataIn(second, question, { options, used: other });
    },
  };
}

async function send<Credentials extends ServiceCredentials>(
  { body, headers, method, path, rate }: Question<unknown, Credentials>,
  used: Credentials,
  { apiUrl, meter, name, requestMs }: ServiceRequestsOptions<Credentials>,
): Promise<JsonAnswer> {
  await rate.take();
  meter?.count(name.service);
  return await requestJson({
    ...name,
    url: `${apiUrl}${path(used)}`,
    method,
    authorization: `Bearer ${used.token}`,
    ...(headers !== undefined && { headers }),
    ...(body !== undefined && { body }),
    requestMs,
  });
}

async function dataIn<Data, Credentials extends ServiceCredentials>(
  { body, headers, status }: JsonAnswer,
  { explain, rate, schema }: Question<Data, Credentials>,
  { options, used }: { options: ServiceRequestsOptions<Credentials>; used: Credentials },
): Promise<Data> {
  const { name, now } = options;
  if (status >= 200 && status < 300) {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw passing(name, `${name.title}'s answer is cut or of an unknown shape.`, status);
  }
  const retryAt = readRetryAfter(headers, now());
  if (status === 429) await rate.pause(retryAt);
  const refusal: Refusal = { status, body, retryAt, secrets: [used.token] };
  throw explainUsual(name, refusal) ?? explain(refusal);
}
