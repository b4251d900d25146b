import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { handler as githubWebhook } from '../../../functions/github-webhook.ts';
import { handler as linearWebhook } from '../../../functions/linear-webhook.ts';
import { githubSender } from '../../../lib/adapters/github/webhooks/webhook-sender.ts';
import { linearSender } from '../../../lib/adapters/linear/webhook-sender.ts';
import type { WebhookSender } from '../../../lib/ports/webhook-sender.ts';
import type { GatewayHandler } from '../../../lib/runtime/gateway-event.ts';
import { createLogger } from '../../../lib/runtime/logging.ts';
import { createRefusalLog } from '../../../lib/runtime/refusal-log.ts';
import { refusedByHead, type WebhookHead } from '../../../lib/runtime/webhook-head.ts';
import { createBodyReader } from './webhook-body.ts';

type HostContext = Context<{ Bindings: HttpBindings }>;

/**
 * `/webhooks`: hands requests to the deployed handlers as API Gateway would. A body is read only where the
 * head of its request may be a delivery's.
 */
export function webhookRoutes(): Hono<{ Bindings: HttpBindings }> {
  const readBody = createBodyReader();
  const refusals = createRefusalLog(createLogger(), Date.now);

  const forward =
    (sender: WebhookSender, handler: GatewayHandler) =>
    async ({ env: { incoming } }: HostContext): Promise<Response> => {
      const head = headOf(incoming);
      if (refusedByHead(sender, head) !== undefined) return answer(head, handler);
      const outcome = await readBody(incoming, sender.maxBodyBytes);
      if (outcome.kind === 'read') return answer(head, handler, outcome.body);
      if (outcome.kind === 'too-slow') refusals.write(outcome.kind, { source: sender.source });
      // The connection is closed already: nobody reads this.
      return new Response(null, { status: 408 });
    };

  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.all('/github', forward(githubSender, githubWebhook));
  routes.all('/linear', forward(linearSender, linearWebhook));
  return routes;
}

function headOf(incoming: IncomingMessage): WebhookHead {
  const headers: Record<string, string | undefined> = {};
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    headers[name] = values?.join(',');
  }
  return { requestContext: { http: { method: incoming.method ?? '' } }, headers };
}

/** @param body its bytes, or how many there are at least where they are too many to be read */
async function answer(
  { headers, requestContext }: WebhookHead,
  handler: GatewayHandler,
  body: Buffer | number = Buffer.alloc(0),
): Promise<Response> {
  const announced = typeof body === 'number' ? { 'content-length': String(body) } : {};
  const result = await handler({
    requestContext,
    headers: { ...headers, ...announced },
    ...(Buffer.isBuffer(body) && { body }),
    isBase64Encoded: false,
  });
  return new Response(result.body, { status: result.statusCode, headers: result.headers });
}
