import { createServer, request as send } from 'node:http';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from './loopback.ts';

export interface Tunnel {
  /** Stays the same, whatever is behind it. */
  url: string;
  /** @param target `http://127.0.0.1:PORT`; null: nobody is there, and senders are told so */
  leadTo(target: string | null): void;
}

/** What stands between senders of webhooks and a host that comes and goes, until the test has finished. */
export async function openTunnel(): Promise<Tunnel> {
  let target: string | null = null;
  const server = createServer((incoming, response) => {
    if (target === null) {
      response.writeHead(502).end();
      return;
    }
    const { headers, method, url } = incoming;
    const passedOn = send(new URL(url ?? '/', target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    passedOn.once('error', () => response.destroy());
    incoming.pipe(passedOn);
  });
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${port}`,
    leadTo: (next) => {
      target = next;
    },
  };
}
