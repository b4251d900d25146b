import { connect, type Socket } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from './loopback.ts';

/** For `localhost` alone, and for as long as the tests run. */
const { cert: certificate, private: key } = await generate(
  [{ name: 'commonName', value: 'localhost' }],
  {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  },
);

export interface TlsFront {
  port: number;
  /** How many connections have asked for the certificate so far. */
  connections(): number;
}

/** Stands in front of a local server that speaks plain HTTP, until the test has finished. */
export async function startTlsFront(target: number): Promise<TlsFront> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer({ cert: certificate, key }, (client) => {
    const upstream = connect(target, '127.0.0.1');
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return { port, connections: () => connections };
}

/** Until the test has finished this process trusts the certificate of `startTlsFront`. */
export function trustTlsFront(): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, certificate]);
  onTestFinished(() => setDefaultCACertificates(before));
}
