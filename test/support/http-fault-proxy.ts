import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { sendFaultyAnswer, type FaultyAnswer } from './faulty-answers.ts';
import { listenOnLoopback } from './loopback.ts';

export interface HttpFaultProxy {
  /** The address of the target, with the proxy in front of it. */
  url: string;
  /** Methods and paths of all requests, those among them that got a faulty answer: `GET /user`. */
  requests: string[];
  /** The next requests get these in place of being passed on, one each. */
  answerNext(answers: readonly FaultyAnswer[]): void;
  /** Every request gets this, until told otherwise; undefined: requests are passed on. */
  answerAlways(answer: FaultyAnswer | undefined): void;
}

/**
 * Stands in front of a local server until the test has finished, and answers in its place when told to.
 * @param target `http://127.0.0.1:PORT/…`
 */
export async function startHttpFaultProxy(target: string): Promise<HttpFaultProxy> {
  const requests: string[] = [];
  let pending: FaultyAnswer[] = [];
  let constant: FaultyAnswer | undefined;

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const answer = pending.shift() ?? constant;
    if (answer !== undefined) sendFaultyAnswer(response, answer);
    // What the target does to the connection, the proxy does too.
    else passOn(target, request, response).catch(() => response.socket?.destroy());
  });
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = new URL(target);
  url.port = String(port);
  return {
    url: url.href,
    requests,
    answerNext: (answers) => {
      pending = [...answers];
    },
    answerAlways: (answer) => {
      constant = answer;
    },
  };
}

async function passOn(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { host: _host, connection: _connection, ...kept } = request.headers;
  const body = await buffer(request);
  const answer = await fetch(new URL(request.url ?? '/', target), {
    method: request.method ?? 'GET',
    headers: Object.entries(kept).map(([name, value]) => [name, String(value)]),
    redirect: 'manual',
    ...(body.length > 0 && { body }),
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
