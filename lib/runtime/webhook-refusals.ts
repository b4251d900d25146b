/** Why a webhook request is turned away, with the HTTP status and what its sender can do about it. */
export const webhookRefusals = {
  method: [405, 'Send deliveries by POST.'],
  'content-type': [415, "Set the webhook's content type to application/json."],
  'too-large': [413, 'The body is larger than this service sends.'],
  'no-secret': [503, 'No webhook secret is configured here; set one, then send again.'],
  'secrets-unread': [503, 'The webhook secrets cannot be read now; send it again.'],
  signature: [401, 'The signature is missing or wrong; both sides need the same secret.'],
  stale: [
    401,
    'The signed time is missing or too far from now; check the clocks, then send again.',
  ],
  headers: [400, 'The headers that name the delivery and its event are missing or malformed.'],
  json: [400, 'The body must be a JSON object.'],
  'not-kept': [503, 'The delivery could not be kept; send it again.'],
  'not-taken': [503, 'Deliveries cannot be taken now; send it again.'],
} as const satisfies Record<string, readonly [status: number, advice: string]>;

export type WebhookRefusal = keyof typeof webhookRefusals;
