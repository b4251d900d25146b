import { linearSender } from '../lib/adapters/linear/webhook-sender.ts';
import { hostServices } from '../lib/runtime/host-services.ts';
import { createWebhookHandler } from '../lib/runtime/webhook-handler.ts';

/** Takes the deliveries of Linear's webhooks. */
export const handler = createWebhookHandler(linearSender, hostServices);
