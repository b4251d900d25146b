import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { handler as githubWebhook } from '../../../functions/github-webhook.ts';
import { handler as linearWebhook } from '../../../functions/linear-webhook.ts';
import { githubSender } from '../../../lib/adapters/github/webhook-sender.ts';
import { linearSender } from '../../../lib/adapters/linear/webhook-sender.ts';
import { createSlots } from '../../../lib/analysis/job-slots.ts';
import type { GatewayEvent, GatewayHandler } from '../../../lib/runtime/gateway-event.ts';

type HostContext = Context<{ Bindings: HttpBindings }>;

/** Bytes; nearly all deliveries are smaller. */
const largeBody = 262_144;
const largeBodiesAtOnce = 4;

/**
 * `/webhooks`: hands requests to the deployed handlers as API Gateway would. Large bodies are read a few at
 * a time, the others wait unread: nobody has vouched for them yet, and together they could fill the memory.
 */
export function webhookRoutes(): Hono<{ Bindings: HttpBindings }> {
  const inSlot = createSlots(largeBodiesAtOnce);

  const forward =
    (handler: GatewayHandler, maxBodyBytes: number) =>
    ({ env: { incoming } }: HostContext): Promise<Response> => {
      const work = () => receive(incoming, handler, maxBodyBytes);
      return isLarge(incoming) ? inSlot(work) : work();
    };

  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.all('/github', forward(githubWebhook, githubSender.maxBodyBytes));
  routes.all('/linear', forward(linearWebhook, linearSender.maxBodyBytes));
  return routes;
}

/** A body that comes in pieces may become as large as it likes. */
function isLarge({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return Number(headers['content-length'] ?? 0) > largeBody;
}

async function receive(
  incoming: IncomingMessage,
  handler: GatewayHandler,
  maxBodyBytes: number,
): Promise<Response> {
  const body = await readBody(incoming, maxBodyBytes).catch(() => null);
  // The sender has gone in the middle of it: nobody reads this.
  if (body === null) return new Response(null, { status: 400 });
  const { body: text, headers, statusCode } = await handler(gatewayEvent(incoming, body));
  // What was not read to its end leaves a connection that nothing else can be read from.
  const closing: Record<string, string> = incoming.complete ? {} : { connection: 'close' };
  return new Response(text, { status: statusCode, headers: { ...headers, ...closing } });
}

/** The bytes of the body, or how many there are at least where they are too many to be read. */
async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | number> {
  const announced = Number(incoming.headers['content-length'] ?? 0);
  if (announced > maxBytes) return announced;
  const chunks: Buffer[] = [];
  let size = 0;
  // Without destroying: the socket is still needed for the answer.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBytes) return size;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
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
