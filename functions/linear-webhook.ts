import { linearSender } from '../lib/adapters/linear/webhook-sender.ts';
import { createWebhookHandler } from '../lib/runtime/webhook-handler.ts';
import { webhookServices } from './services/webhook-services.ts';

/** Takes the deliveries of Linear's webhooks. */
export const handler = createWebhookHandler(
  linearSender,
  await webhookServices(linearSender.secret),
);
