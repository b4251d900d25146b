import type { Agent } from 'node:http';
import type { Socket } from 'node:net';

export interface KeptAliveAgent {
  agent: Agent;
  /** Begins the connection that the first request to an address will find; waits for nothing. */
  prepare(address: URL): void;
}

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * Keeps connections between requests, and so between the invocations of a function. The modules are got
 * without an `import`: that would load undici too, which takes longer than all the rest.
 * @param protocol `https:`, or for tests `http:`
 */
export function createKeptAliveAgent(protocol: string): KeptAliveAgent {
  const { Agent } = process.getBuiltinModule(protocol === 'http:' ? 'node:http' : 'node:https');
  const agent = new Agent({ keepAlive: true });
  const prepared = new Map<string, Socket>();

  // The way in which Node lets an agent have a connection from elsewhere.
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const place = `${options.host}:${options.port}`;
    const socket = prepared.get(place);
    prepared.delete(place);
    return socket?.writable === true ? socket.ref() : connect(options, done);
  };

  return {
    agent,
    prepare(address) {
      const host = address.hostname;
      const port = Number(address.port || defaultPorts[protocol]);
      const socket = connectTo(protocol, host, port);
      // A failure is met, and told, by the request that needs a connection: it makes its own.
      socket.on('error', () => socket.destroy());
      socket.unref();
      prepared.set(`${host}:${port}`, socket);
    },
  };
}

function connectTo(protocol: string, host: string, port: number): Socket {
  if (protocol === 'http:') return process.getBuiltinModule('node:net').connect(port, host);
  return process.getBuiltinModule('node:tls').connect({ host, port, servername: host });
}
