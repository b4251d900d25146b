import type { WebhookSender } from '../../../ports/webhook-sender.ts';
import { normaliseGithubEvent } from './normalise-event.ts';

/** @see https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export const githubSender: WebhookSender = {
  source: 'github',
  secret: 'GITHUB_WEBHOOK_SECRET',
  headers: {
    signature: 'x-hub-signature-256',
    deliveryId: 'x-github-delivery',
    eventName: 'x-github-event',
  },
  signaturePrefix: 'sha256=',
  // GitHub sends nothing larger.
  maxBodyBytes: 25 * 1024 * 1024,
  acceptedStatus: 202,
  // GitHub signs no time; a delivery that comes again is known by its id.
  isFresh: () => true,
  normalise: normaliseGithubEvent,
};
