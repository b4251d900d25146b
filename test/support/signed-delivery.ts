import { createHmac, randomUUID } from 'node:crypto';

/** Made up for tests; each test host is started with it. */
export const testSecret = 'test-secret-of-no-worth';

export interface SignedDelivery {
  body: Buffer;
  headers: Record<string, string>;
}

export function hmacOf(body: string | Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** A delivery as GitHub sends it. */
export function githubDelivery(
  payload: unknown,
  {
    event = 'issues',
    id = randomUUID(),
    secret = testSecret,
  }: { event?: string; id?: string; secret?: string } = {},
): SignedDelivery {
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-delivery': id,
      'x-github-event': event,
      'x-hub-signature-256': `sha256=${hmacOf(body, secret)}`,
    },
  };
}

/** A delivery as Linear sends it; a payload without `webhookTimestamp` gets the present time. */
export function linearDelivery(
  payload: Record<string, unknown>,
  {
    id = randomUUID(),
    now = Date.now(),
    secret = testSecret,
  }: { id?: string; now?: number; secret?: string } = {},
): SignedDelivery {
  const body = Buffer.from(JSON.stringify({ webhookTimestamp: now, ...payload }));
  return {
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'linear-delivery': id,
      'linear-event': String(payload['type']),
      'linear-signature': hmacOf(body, secret),
    },
  };
}
