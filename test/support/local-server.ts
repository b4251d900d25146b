import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from './loopback.ts';

export interface SeenRequest {
  /** Method and path: `GET /repos/acme/shop/commits/HEAD`. */
  line: string;
  authorization: string | undefined;
}

export interface LocalServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  seen: SeenRequest[];
}

/** Listens on any free port of the loopback address until the test has finished. */
export async function startServer(answer: RequestListener): Promise<LocalServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    seen.push(describe(request));
    answer(request, response);
  });
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, seen };
}

function describe({ headers, method, url }: IncomingMessage): SeenRequest {
  return { line: `${method} ${url}`, authorization: headers.authorization };
}

/** Answers like GitHub where it refuses. */
export function refuse(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify({ message, status: String(status) }));
  };
}
