import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { WireAnswer, WireRequest } from './wire/wire.ts';

export async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: await buffer(incoming),
  };
}

/** @param cut whether the connection ends in the middle of the answer */
export function sendAnswer(response: ServerResponse, answer: WireAnswer, cut: boolean): void {
  const body = Buffer.from(answer.body);
  // A server behind this one may have said the length: to HEAD it has no body.
  response.writeHead(answer.status, { 'content-length': body.length, ...answer.headers });
  if (!cut) return void response.end(body);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}
