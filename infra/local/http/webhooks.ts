import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { handler as githubWebhook } from '../../../functions/github-webhook.ts';
import { handler as linearWebhook } from '../../../functions/linear-webhook.ts';
import { githubSender } from '../../../lib/adapters/github/webhook-sender.ts';
import { linearSender } from '../../../lib/adapters/linear/webhook-sender.ts';
import { createSlots } from '../../../lib/domain/slots.ts';
import type { GatewayEvent, GatewayHandler } from '../../../lib/runtime/gateway-event.ts';

type HostContext = Context<{ Bindings: HttpBindings }>;

interface WebhookRoute {
  handler: GatewayHandler;
  maxBytes: number;
}

/** Bytes; nearly all deliveries are smaller. */
const largeBody = 262_144;
const largeBodiesAtOnce = 4;

/**
 * `/webhooks`: hands requests to the deployed handlers as API Gateway would. Large bodies are read a few at
 * a time, the others wait half read: nobody has vouched for them yet, and together they could fill the
 * memory.
 */
export function webhookRoutes(): Hono<{ Bindings: HttpBindings }> {
  const inSlot = createSlots(largeBodiesAtOnce);

  const forward =
    (route: WebhookRoute) =>
    async ({ env: { incoming } }: HostContext): Promise<Response> => {
      const announced = Number(incoming.headers['content-length'] ?? 0);
      if (announced > route.maxBytes) return answer(incoming, announced, route.handler);
      const chunks: Buffer[] = [];
      const readAndAnswer = async () => {
        const size = await readOn(incoming, chunks, route.maxBytes);
        const body = size > route.maxBytes ? size : Buffer.concat(chunks, size);
        return answer(incoming, body, route.handler);
      };
      try {
        const size = await readOn(incoming, chunks, largeBody);
        return size > largeBody ? await inSlot(readAndAnswer) : await readAndAnswer();
      } catch (error) {
        if (!incoming.destroyed) throw error;
        // The sender has gone in the middle of it: nobody reads this.
        return new Response(null, { status: 400 });
      }
    };

  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.all('/github', forward({ handler: githubWebhook, maxBytes: githubSender.maxBodyBytes }));
  routes.all('/linear', forward({ handler: linearWebhook, maxBytes: linearSender.maxBodyBytes }));
  return routes;
}

/** Reads until more than `maxBytes` are there, or all. @returns how many there are */
async function readOn(
  incoming: IncomingMessage,
  chunks: Buffer[],
  maxBytes: number,
): Promise<number> {
  let size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (incoming.readableEnded) return size;
  // Without destroying: the socket is still needed for the answer.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return size;
}

/** @param body its bytes, or how many there are at least where they are too many to be read */
async function answer(
  incoming: IncomingMessage,
  body: Buffer | number,
  handler: GatewayHandler,
): Promise<Response> {
  const { body: text, headers, statusCode } = await handler(gatewayEvent(incoming, body));
  // What was not read to its end leaves a connection that nothing else can be read from.
  const closing: Record<string, string> = incoming.complete ? {} : { connection: 'close' };
  return new Response(text, { status: statusCode, headers: { ...headers, ...closing } });
}

function gatewayEvent(incoming: IncomingMessage, body: Buffer | number): GatewayEvent {
  const headers: Record<string, string | undefined> = {};
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    headers[name] = values?.join(',');
  }
  const event = {
    requestContext: { http: { method: incoming.method ?? '' } },
    headers,
    isBase64Encoded: true,
  };
  if (Buffer.isBuffer(body)) return { ...event, body: body.toString('base64') };
  return { ...event, headers: { ...headers, 'content-length': String(body) } };
}
