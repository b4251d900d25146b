import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { sendFaultyAnswer, type FaultyAnswer } from '../faulty-answers.ts';
import { listenOnLoopback } from '../loopback.ts';

export interface JsonRequest {
  method: string;
  /** Without the query: `/v1/users/me`. */
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  /** Lower-case names. */
  headers: IncomingMessage['headers'];
  /** What the JSON of the body says; undefined without a body, or where it is no JSON. */
  body: unknown;
}

export interface JsonAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface SeenRequest {
  /** Method, path and query: `GET /v1/users/me`. */
  line: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Status of the answer that it got; null where it got a faulty one. */
  status: number | null;
}

/** What goes wrong with requests. */
export interface ServiceFault {
  answer: FaultyAnswer;
  /** How many requests get it. Default: 1. */
  times?: number;
  /** Which requests get it, by method, path and query, or by all that they say. Default: all. */
  when?: (line: string, request: JsonRequest) => boolean;
  /** The request is carried out all the same: only its answer is lost. Default: false. */
  carriedOut?: boolean;
}

export interface JsonService {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** In order; those that were refused are among them. */
  requests: SeenRequest[];
  /** For requests to come. */
  addFaults(faults: readonly ServiceFault[]): void;
  close(): Promise<void>;
}

/** A JSON service on any free port of the loopback address, until it is closed. */
export async function startJsonService(
  answer: (request: JsonRequest) => JsonAnswer,
): Promise<JsonService> {
  const requests: SeenRequest[] = [];
  const faults: (ServiceFault & { times: number })[] = [];

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const line = `${incoming.method} ${incoming.url}`;
    const seen: SeenRequest = { line, at: Date.now(), status: null };
    requests.push(seen);
    const request = await readRequest(incoming);
    const fault = faults.find(({ times, when }) => times > 0 && (when?.(line, request) ?? true));
    if (fault === undefined || fault.carriedOut) {
      const { body, headers, status } = answer(request);
      if (fault === undefined) {
        seen.status = status;
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
        return;
      }
    }
    fault.times -= 1;
    sendFaultyAnswer(response, fault.answer);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.socket?.destroy());
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    addFaults: (more) => {
      faults.push(...more.map((fault) => ({ times: 1, ...fault })));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<JsonRequest> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://service');
  return {
    method: incoming.method ?? 'GET',
    path: pathname,
    query: searchParams,
    authorization: incoming.headers.authorization,
    headers: incoming.headers,
    body: parseJson(await text(incoming)),
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
