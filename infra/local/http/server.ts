import { serve, type ServerType } from '@hono/node-server';
import type { Hono } from 'hono';
import { HostStartError } from '../host-start-error.ts';

export interface HttpServer {
  port: number;
  /** Takes no further connections and ends those that idle. */
  close(): Promise<void>;
}

/**
 * The last resort: who is turned away here may be anybody. So it is far above the number of bodies that may
 * be half read at once.
 */
const maxConnections = 1_000;

/** Milliseconds: whoever sends a request byte by byte must not hold a connection for ever. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
};

/**
 * Listens on the loopback address.
 * @param options.port 0 for any free one
 * @param options.command that takes another by `--port`: `npm start --`
 * @throws HostStartError when the port is in use
 */
export async function listen(
  app: Hono,
  options: { port: number; command: string },
): Promise<HttpServer> {
  const { port } = options;
  const server = await new Promise<ServerType>((resolve, reject) => {
    const starting = serve(
      { fetch: app.fetch, port, hostname: '127.0.0.1', serverOptions: patience },
      () => resolve(starting),
    );
    starting.maxConnections = maxConnections;
    starting.once('error', (error) => reject(listenError(error, options)));
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function listenError(error: Error, { command, port }: { port: number; command: string }): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const problem = code === 'EACCES' ? 'needs rights that this process lacks' : 'is in use';
  return new HostStartError(
    `Port ${port} ${problem}. Choose another (${command} --port ${port + 1}), ` +
      'or stop what listens there.',
  );
}
