import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from '../../support/loopback.ts';

/** Takes deliveries, and answers them with a status that can be changed. */
export interface Receiver {
  url: string;
  /** `X-GitHub-Delivery` of each, in the order of arrival. */
  guids: unknown[];
  answerWith(status: number): void;
}

/** Listens until the test has finished. */
export async function startReceiver(status: number): Promise<Receiver> {
  let current = status;
  const guids: unknown[] = [];
  const server = createServer((request, response) => {
    guids.push(request.headers['x-github-delivery']);
    request.resume();
    response.writeHead(current).end();
  });
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${port}/webhooks/github`,
    guids,
    answerWith: (wanted) => {
      current = wanted;
    },
  };
}
