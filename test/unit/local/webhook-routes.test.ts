import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { webhookRoutes } from '../../../infra/local/http/webhooks.ts';
import { setLogSink } from '../../../lib/runtime/logging.ts';
import { countNothing } from '../../builders/count-nothing.ts';

/** A request that is there as a whole, as the server hands it on. */
function requestWith(body: string, headers: NodeJS.Dict<string[]>): IncomingMessage {
  const incoming = new IncomingMessage(new Socket());
  incoming.method = 'POST';
  incoming.headersDistinct = headers;
  incoming.complete = true;
  incoming.push(body);
  incoming.push(null);
  return incoming;
}

test('a failure after the body was read is told, not taken for a sender that has gone', async () => {
  countNothing();
  setLogSink(() => {
    throw new Error('no log');
  });
  onTestFinished(() => setLogSink(() => undefined));
  const routes = webhookRoutes();
  const failures: string[] = [];
  routes.onError((error, context) => {
    failures.push(error.message);
    return context.text('failed', 500);
  });

  const incoming = requestWith('{}', {
    'content-type': ['application/json'],
    'x-hub-signature-256': [`sha256=${'0'.repeat(64)}`],
  });
  const response = await routes.request('/github', { method: 'POST' }, { incoming });

  expect(response.status).toBe(500);
  expect(failures).toEqual(['no log']);
});
