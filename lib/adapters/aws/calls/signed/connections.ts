import type { IncomingMessage } from 'node:http';
import { createKeptAliveAgent, type KeptAliveAgent } from './kept-alive-agent.ts';

/** The largest secret has 64 KB. */
const maxAnswerBytes = 256 * 1024;

export interface PostRequest {
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
}

export interface Answered {
  kind: 'answered';
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

export interface Unanswered {
  kind: 'unanswered';
  /** `has not answered in time` */
  reason: string;
  /** It went out on the connection of an earlier request, which may have ended while nobody looked. */
  wasReused: boolean;
}

export interface Connections {
  /** Begins a connection for the first request to an address. */
  prepare(address: URL): void;
  /** Posts once and never throws; there is a whole answer or none. */
  post(address: URL, request: PostRequest): Promise<Answered | Unanswered>;
}

export function createConnections(): Connections {
  const agents = new Map<string, KeptAliveAgent>();
  const agentFor = ({ protocol }: URL) => {
    const agent = agents.get(protocol) ?? createKeptAliveAgent(protocol);
    agents.set(protocol, agent);
    return agent;
  };
  return {
    prepare: (address) => agentFor(address).prepare(address),
    post: (address, request) => post(address, request, agentFor(address)),
  };
}

function post(
  address: URL,
  { body, headers, timeoutMs }: PostRequest,
  { agent }: KeptAliveAgent,
): Promise<Answered | Unanswered> {
  const http = process.getBuiltinModule('node:http');
  return new Promise((resolve) => {
    // The agent knows the protocol.
    const request = http.request(address, { method: 'POST', headers, agent });
    const settle = (outcome: Answered | Unanswered) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const giveUp = (reason: string) => {
      settle({ kind: 'unanswered', reason, wasReused: request.reusedSocket });
      request.destroy();
    };
    const timer = setTimeout(() => giveUp('has not answered in time'), timeoutMs);
    request.on('error', () => giveUp('could not be reached, or has hung up'));
    request.on('response', (response) => {
      const { headers: answered, statusCode: status = 0 } = response;
      readText(response).then(
        (text) => settle({ kind: 'answered', status, headers: answered, text }),
        () => giveUp('has given an answer that is cut or too long'),
      );
    });
    request.end(body);
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > maxAnswerBytes) throw new Error('The answer is too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
