import { githubSender } from '../lib/adapters/github/webhooks/webhook-sender.ts';
import { createWebhookHandler } from '../lib/runtime/webhook-handler.ts';
import { webhookServices } from './services/webhook-services.ts';

/** Takes the deliveries of GitHub's webhooks. */
export const handler = createWebhookHandler(
  githubSender,
  await webhookServices(githubSender.secret),
);
