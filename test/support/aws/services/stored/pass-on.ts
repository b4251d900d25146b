import { Agent, request as startRequest, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { WireAnswer, WireRequest } from '../../wire/wire.ts';

const agent = new Agent({ keepAlive: true });

/** Of one connection, not of the message. */
const hopHeaders: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/**
 * Has another server answer a request that was found good. It sees the signature, but knows no key to verify
 * it with.
 * @param endpoint `http://127.0.0.1:PORT`
 */
export async function passOn(endpoint: string, request: WireRequest): Promise<WireAnswer> {
  const query = request.query.toString();
  const { host: _host, ...headers } = withoutHopHeaders(request.headers);
  const outgoing = startRequest(endpoint, {
    agent,
    method: request.method,
    path: query === '' ? request.path : `${request.path}?${query}`,
    headers: { ...headers, 'content-length': String(request.body.length) },
  });
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
  outgoing.once('error', reject);
  outgoing.once('response', (answer) => {
    buffer(answer)
      .then((body) =>
        resolve({
          status: answer.statusCode ?? 500,
          headers: withoutHopHeaders(answer.headers),
          body,
        }),
      )
      .catch(reject);
  });
  outgoing.end(request.body);
  return promise;
}

function withoutHopHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || hopHeaders.has(name) ? [] : [[name, String(value)]],
    ),
  );
}
