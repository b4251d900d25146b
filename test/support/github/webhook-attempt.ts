import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../../lib/domain/json-fields.ts';
import type { Hook } from './webhooks.ts';
import { timeText } from './world.ts';

export interface Message {
  /** The same for all attempts and all hooks that it goes to. */
  guid: string;
  event: string;
  payload: JsonObject;
  redelivery: boolean;
  repositoryId: number | null;
  installationId: number | null;
}

/** One attempt to deliver, as GitHub remembers it. */
export interface Attempt extends Omit<Message, 'payload'> {
  /** Of today's size: more than a JavaScript number can hold. */
  id: bigint;
  /** ISO 8601 UTC */
  deliveredAt: string;
  /** Seconds. */
  duration: number;
  /** `OK`, or what went wrong in GitHub's words. */
  status: string;
  statusCode: number;
  action: string | null;
  request: { headers: Record<string, string>; payload: JsonObject };
  response: { headers: Record<string, string> | null; payload: string | null };
}

/** GitHub sends nothing larger. */
const largestPayload = 25 * 1024 * 1024;
/** GitHub waits no longer. */
const patience = 10_000;

let lastId = 3_804_004_623_172_239_366n;

/** Null for a payload that GitHub does not even try to send. */
export async function attemptDelivery(
  hook: Hook,
  { payload, ...message }: Message,
  now: () => number,
): Promise<Attempt | null> {
  const text = JSON.stringify(payload);
  if (Buffer.byteLength(text) > largestPayload) return null;
  const form = () => new URLSearchParams({ payload: text }).toString();
  const body = hook.contentType === 'json' ? text : form();
  const headers = headersOf(hook, message, body);
  const deliveredAt = timeText(now());
  const begun = performance.now();
  const result = await post(hook.url, headers, body);
  const action = payload['action'];
  return {
    ...message,
    id: (lastId += 1_007n),
    deliveredAt,
    duration: Math.round(performance.now() - begun) / 1_000,
    action: typeof action === 'string' ? action : null,
    request: { headers, payload },
    ...result,
  };
}

function headersOf(
  hook: Hook,
  { event, guid }: Pick<Message, 'event' | 'guid'>,
  body: string,
): Record<string, string> {
  const { contentType, id, place, secret } = hook;
  const types = { app: 'integration', organisation: 'organization', repository: 'repository' };
  const isJson = contentType === 'json';
  const headers = {
    accept: '*/*',
    'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(id),
    'x-github-hook-installation-target-type': types[place.kind],
  };
  if (secret === null) return headers;
  const sign = (algorithm: string) => createHmac(algorithm, secret).update(body).digest('hex');
  return {
    ...headers,
    'x-hub-signature': `sha1=${sign('sha1')}`,
    'x-hub-signature-256': `sha256=${sign('sha256')}`,
  };
}

type Result = Pick<Attempt, 'status' | 'statusCode' | 'response'>;

async function post(url: string, headers: Record<string, string>, body: string): Promise<Result> {
  try {
    const signal = AbortSignal.timeout(patience);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    return {
      status: answer.ok ? 'OK' : `Invalid HTTP Response: ${answer.status}`,
      statusCode: answer.status,
      response: { headers: Object.fromEntries(answer.headers), payload: await answer.text() },
    };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const response = { headers: null, payload: null };
    if (isLate) return { status: 'timed out', statusCode: 504, response };
    return { status: 'failed to connect to host', statusCode: 502, response };
  }
}
