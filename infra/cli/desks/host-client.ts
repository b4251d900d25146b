import { z } from 'zod';
import {
  RequestRejectedError,
  UpstreamError,
  type RejectionReason,
} from '../../../lib/domain/errors.ts';
import { requestJson } from './request-json.ts';

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/** A report of many thousand findings takes a moment to come. */
const timeoutMs = 30_000;

interface Call<Value> {
  method?: 'GET' | 'POST';
  path: string;
  body?: unknown;
  answer: z.ZodType<Value>;
}

/** Calls the HTTP API of a host that runs on this machine. */
export type CallHost = <Value>(request: Call<Value>) => Promise<Value>;

/**
 * @param hostUrl `http://localhost:4200`
 * @returns a function that throws RequestRejectedError for what the host refuses, UpstreamError otherwise
 */
export function callHostAt(hostUrl: string): CallHost {
  return (request) => send(hostUrl, request);
}

const healthSchema = z.object({ status: z.literal('ok'), instance: z.string() });

/** Whether this very host, and not another one, answers at the address. */
export async function isHostAt(url: string, instance: string): Promise<boolean> {
  try {
    const { content } = await requestJson(`${url}/healthz`, { timeoutMs: 2_000 });
    return healthSchema.parse(content).instance === instance;
  } catch {
    // Nobody answers, or somebody else does: either way it is not this host.
    return false;
  }
}

/** Query parameters of what is given; what is undefined is left out. */
export function queryOf(values: Record<string, unknown>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

async function send<Value>(
  hostUrl: string,
  { answer, body, method = 'GET', path }: Call<Value>,
): Promise<Value> {
  const request = requestJson(hostUrl + path, { body, method, timeoutMs });
  const { content, status } = await request.catch((cause: unknown) => {
    const message = `The host at ${hostUrl} does not answer. Is it running? Look at its log.`;
    throw new UpstreamError(message, { service: 'host', retryable: true, cause });
  });
  if (status >= 400) throw rejection(status, content);
  const parsed = answer.safeParse(content);
  if (parsed.success) return parsed.data;
  const message = `The host at ${hostUrl} answered something unexpected. Is it of this version?`;
  throw new UpstreamError(message, { service: 'host', retryable: false });
}

const reasonOf: Record<number, RejectionReason> = {
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
};

function rejection(status: number, content: unknown): Error {
  const parsed = errorSchema.safeParse(content);
  const message = parsed.success ? parsed.data.error.message : `The host answered ${status}.`;
  if (status >= 500) {
    return new UpstreamError(message, { service: 'host', status, retryable: true });
  }
  return new RequestRejectedError(reasonOf[status] ?? 'invalid', message);
}
