import { githubSender } from '../lib/adapters/github/webhooks/webhook-sender.ts';
import { hostServices } from '../lib/runtime/host-services.ts';
import { createWebhookHandler } from '../lib/runtime/webhook-handler.ts';

/** Takes the deliveries of GitHub's webhooks. */
export const handler = createWebhookHandler(githubSender, hostServices);
