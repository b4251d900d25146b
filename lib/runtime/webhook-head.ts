import type { WebhookSender } from '../ports/webhook-sender.ts';
import type { GatewayEvent } from './gateway-event.ts';
import type { WebhookRefusal } from './webhook-refusals.ts';
import { isSignature } from './webhook-signature.ts';

/** What says enough about a request before its body is there. */
export type WebhookHead = Omit<GatewayEvent, 'body' | 'isBase64Encoded'>;

/**
 * Why a request is refused whatever its body may be; undefined where the body has to tell. The handler
 * begins with it, and a host asks before it reads what nobody has vouched for.
 */
export function refusedByHead(
  sender: WebhookSender,
  { headers, requestContext }: WebhookHead,
): WebhookRefusal | undefined {
  if (requestContext.http.method !== 'POST') return 'method';
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) return 'content-type';
  if (Number(headers['content-length'] ?? 0) > sender.maxBodyBytes) return 'too-large';
  const isSigned = isSignature(headers[sender.headers.signature], sender.signaturePrefix);
  return isSigned ? undefined : 'signature';
}
