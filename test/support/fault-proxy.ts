import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from './loopback.ts';
import { randomBy } from './random-by.ts';

/** What is wrong with a connection. Requests are passed on, except where a kind says otherwise. */
export type Fault =
  | { kind: 'none' }
  /** Each piece of the answer comes that much later. */
  | { kind: 'latency'; milliseconds: number }
  /** Reset as soon as it is made; nothing is passed on. */
  | { kind: 'refuse' }
  /** Reset when so many bytes of the answer have come. */
  | { kind: 'reset'; afterBytes: number }
  /** Closed as if all were said, when so many bytes of the answer have come. */
  | { kind: 'cut'; afterBytes: number }
  /** Accepted, then silent for ever; nothing is passed on. */
  | { kind: 'black-hole' }
  /** Silent for ever, though the request is passed on and carried out. */
  | { kind: 'silence' }
  /** The answer comes in drops. */
  | { kind: 'dribble'; bytesPerSecond: number };

export interface FaultProxy {
  port: number;
  /** The address of a target with this port in place of its own. */
  urlOf(target: string): string;
  /** How many connections were made so far. */
  connections(): number;
  /**
   * From now on, until told otherwise. Like the other two it ends the open connections: a client that keeps
   * one would not meet the fault.
   */
  set(fault: Fault): void;
  /** The next connections have these, one each; those after them are without. */
  next(faults: readonly Fault[]): void;
  /** Each connection has one of these, by chance that the seed repeats. */
  choose(seed: number, faults: readonly Fault[]): void;
}

const none: Fault = { kind: 'none' };
const noFault = (): Fault => none;

/**
 * Stands in front of a local server that speaks plain HTTP, until the test has finished. Knows nothing of
 * HTTP: what it does happens to connections.
 * @param target port of the server
 */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const open = new Set<Socket>();
  let connections = 0;
  let nextFault = noFault;

  const server = createServer((client) => {
    connections += 1;
    open.add(client);
    client.on('close', () => open.delete(client));
    // A client that goes away is no failure of the proxy.
    client.on('error', () => client.destroy());
    serve(client, nextFault(), target);
  });
  const endConnections = () => {
    for (const client of open) client.destroy();
  };
  const decideBy = (decide: () => Fault) => {
    nextFault = decide;
    endConnections();
  };
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.close();
    endConnections();
  });

  return {
    port,
    urlOf: (url) => withPort(url, port),
    connections: () => connections,
    set: (fault) => decideBy(() => fault),
    next: (faults) => {
      const pending = [...faults];
      decideBy(() => pending.shift() ?? none);
    },
    choose: (seed, faults) => {
      const random = randomBy(seed);
      decideBy(() => faults[Math.floor(random() * faults.length)] ?? none);
    },
  };
}

function withPort(target: string, port: number): string {
  const url = new URL(target);
  url.port = String(port);
  return url.href;
}

function serve(client: Socket, fault: Fault, target: number): void {
  if (fault.kind === 'refuse') {
    client.resetAndDestroy();
    return;
  }
  if (fault.kind === 'black-hole') {
    client.resume();
    return;
  }
  const upstream = connect(target, '127.0.0.1');
  client.pipe(upstream);
  client.on('close', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  // The upstream fails when its client goes: that is handled by then.
  passOn(upstream, client, fault).catch(() => client.destroy());
}

async function passOn(upstream: Socket, client: Socket, fault: Fault): Promise<void> {
  const limit = 'afterBytes' in fault ? fault.afterBytes : Infinity;
  let sent = 0;
  for await (const piece of slowed(upstream, fault)) {
    const part = piece.subarray(0, limit - sent);
    sent += part.length;
    await write(client, part);
    if (sent >= limit) break;
  }
  if (fault.kind === 'reset' && sent >= limit) client.resetAndDestroy();
  else if (fault.kind !== 'silence') client.end();
}

/** The pieces of an answer, each when it is its time. */
async function* slowed(upstream: Socket, fault: Fault): AsyncGenerator<Buffer> {
  for await (const piece of upstream as AsyncIterable<Buffer>) {
    if (fault.kind === 'silence') continue;
    if (fault.kind === 'latency') await sleep(fault.milliseconds);
    if (fault.kind === 'dribble') yield* drops(piece, fault.bytesPerSecond);
    else yield piece;
  }
}

const dropsPerSecond = 20;

async function* drops(piece: Buffer, bytesPerSecond: number): AsyncGenerator<Buffer> {
  const size = Math.max(1, Math.round(bytesPerSecond / dropsPerSecond));
  for (let start = 0; start < piece.length; start += size) {
    await sleep((size * 1_000) / bytesPerSecond);
    yield piece.subarray(start, start + size);
  }
}

async function write(client: Socket, part: Buffer): Promise<void> {
  if (client.destroyed) throw new Error('The client has gone');
  if (!client.write(part)) await Promise.race([once(client, 'drain'), once(client, 'close')]);
}
