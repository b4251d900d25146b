import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { InvocationResult } from '../../../support/lambda/lambda-process.ts';
import { listenOnLoopback } from '../../../support/loopback.ts';
import { gatewayEvent } from './gateway-event.ts';
import type { Route } from './routes.ts';

export interface HttpApiParts {
  routes: readonly Route[];
  /** Invokes the function behind the route and waits for it; undefined when the route may not. */
  invoke: (route: Route, event: unknown) => Promise<InvocationResult | undefined>;
  /** Told of every answer. */
  onAnswer: (status: number) => void;
}

export interface HttpApi {
  /** `http://127.0.0.1:PORT`: what senders reach as `https://….execute-api…`. */
  url: string;
  close(): void;
}

/** Of Lambda: bytes of an event. */
const longestEvent = 6 * 1024 * 1024;

/** What a function answers in payload format 2.0. */
const answerSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

interface HttpAnswer {
  status: number;
  headers?: Record<string, string>;
  body: Buffer | string;
}

/** The HTTP API of the template: its routes, and nothing else. */
export async function startHttpApi({ invoke, onAnswer, routes }: HttpApiParts): Promise<HttpApi> {
  async function answer(request: IncomingMessage): Promise<HttpAnswer> {
    const { pathname } = new URL(request.url ?? '/', 'http://api');
    const route = routes.find(({ key }) => key === `${request.method} ${pathname}`);
    if (route === undefined) return problem(404, 'Not Found');
    const body = await buffer(request);
    const event = gatewayEvent(request, { body, routeKey: route.key, apiId: route.apiId });
    if (JSON.stringify(event).length > longestEvent)
      return problem(413, 'Request Entity Too Large');
    return fromFunction(await invoke(route, event));
  }

  function send(response: ServerResponse, { body, headers = {}, status }: HttpAnswer): void {
    onAnswer(status);
    response.writeHead(status, headers).end(body);
  }

  const server = createServer((request, response) => {
    answer(request)
      .then((given) => send(response, given))
      .catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What fails in the function, or is no answer, is a 500 that says nothing. */
function fromFunction(result: InvocationResult | undefined): HttpAnswer {
  const answer = answerSchema.safeParse(result?.payload);
  if (result?.status === 'timeout') return problem(503, 'Service Unavailable');
  if (result?.status !== 'ok' || !answer.success) return problem(500, 'Internal Server Error');
  const { body, headers, isBase64Encoded, statusCode } = answer.data;
  return {
    status: statusCode,
    headers,
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function problem(status: number, message: string): HttpAnswer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify({ message }) };
}
