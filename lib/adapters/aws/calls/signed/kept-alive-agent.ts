import type { Agent } from 'node:http';
import type { Socket } from 'node:net';

export interface KeptAliveAgent {
  agent: Agent;
  /** Begins the connection that the first request to an address will find; waits for nothing. */
  prepare(address: URL): void;
}

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
    const host = String(options.host);
    const socket = prepared.get(host);
    prepared.delete(host);
    return socket?.writable === true ? socket.ref() : connect(options, done);
  };

  return {
    agent,
    prepare(address) {
      const socket = connectTo(address);
      // A failure is met, and told, by the request that needs a connection: it makes its own.
      socket.on('error', () => socket.destroy());
      socket.unref();
      prepared.set(address.hostname, socket);
    },
  };
}

function connectTo({ hostname: host, port, protocol }: URL): Socket {
  if (protocol === 'http:') {
    return process.getBuiltinModule('node:net').connect(Number(port || 80), host);
  }
  const { connect } = process.getBuiltinModule('node:tls');
  return connect({ host, port: Number(port || 443), servername: host });
}
