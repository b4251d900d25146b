import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../loopback.ts';

/** What the runtime client is told of an invocation. */
export interface Invocation {
  requestId: string;
  event: unknown;
  /** ms since 1970. */
  deadline: number;
  functionArn: string;
}

/** What becomes of the process, as it says it itself. */
export interface RuntimeSignals {
  /** Wants the next invocation: it has started, or is done with the one before. */
  ready(): void;
  /** Could not start; the text says why. */
  initFailed(text: string): void;
  /** `payload` is what the handler returned, or its error. */
  answered(status: 'ok' | 'error', payload: unknown): void;
}

export interface RuntimeApi {
  /** `127.0.0.1:PORT` */
  address: string;
  /** Hands the invocation to the process, which must be waiting for it. */
  hand: (invocation: Invocation) => void;
  close(): void;
}

const answerPath = /\/runtime\/invocation\/[^/]+\/(response|error)$/;

/**
 * The HTTP interface by which Lambda and a function's process talk, for one process.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function startRuntimeApi(signals: RuntimeSignals): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/runtime/invocation/next') === true) {
      waiting = response;
      signals.ready();
    } else {
      // A body that breaks off comes from a process that has ended, which is noticed elsewhere.
      void receive(request, response, signals).catch(() => {});
    }
  });
  // A connection stays while the process works on an invocation, however long that takes.
  server.keepAliveTimeout = 0;
  const port = await listenOnLoopback(server);
  return {
    address: `127.0.0.1:${port}`,
    hand(invocation) {
      if (waiting === undefined) throw new Error('The process does not wait for an invocation');
      waiting.writeHead(200, invocationHeaders(invocation));
      waiting.end(JSON.stringify(invocation.event));
      waiting = undefined;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  signals: RuntimeSignals,
): Promise<void> {
  const body = (await buffer(request)).toString();
  response.writeHead(202, { 'content-type': 'application/json' });
  response.end('{"status":"OK"}');
  const kind = answerPath.exec(request.url ?? '')?.[1];
  if (kind === undefined) signals.initFailed(body);
  else signals.answered(kind === 'response' ? 'ok' : 'error', JSON.parse(body));
}

function invocationHeaders({ deadline, functionArn, requestId }: Invocation) {
  return {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': requestId,
    'lambda-runtime-deadline-ms': String(deadline),
    'lambda-runtime-invoked-function-arn': functionArn,
    'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
  };
}
