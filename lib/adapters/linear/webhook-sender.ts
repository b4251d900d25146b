import type { WebhookSender } from '../../ports/webhook-sender.ts';
import { normaliseLinearEvent } from './normalise-event.ts';

const freshForMs = 60_000;

/** @see https://linear.app/developers/webhooks */
export const linearSender: WebhookSender = {
  source: 'linear',
  secret: 'LINEAR_WEBHOOK_SECRET',
  headers: {
    signature: 'linear-signature',
    deliveryId: 'linear-delivery',
    eventName: 'linear-event',
  },
  signaturePrefix: '',
  maxBodyBytes: 5 * 1024 * 1024,
  // Linear sends again after any other status.
  acceptedStatus: 200,
  isFresh: ({ webhookTimestamp }, now) =>
    typeof webhookTimestamp === 'number' && Math.abs(now - webhookTimestamp) <= freshForMs,
  normalise: normaliseLinearEvent,
};
