import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { requestJson } from '../../infra/cli/desks/request-json.ts';
import { startServer } from '../support/local-server.ts';

test('commands send JSON to a host, and read the status and the JSON of its answer', async () => {
  const { url } = await startServer((request, response) => {
    const { headers, method } = request;
    const type = headers['content-type'];
    void text(request).then((body) =>
      response.writeHead(409).end(JSON.stringify({ body, method, type })),
    );
  });
  expect(await requestJson(url, { method: 'POST', body: { a: 'ü' }, timeoutMs: 5_000 })).toEqual({
    status: 409,
    content: { body: '{"a":"ü"}', method: 'POST', type: 'application/json' },
  });
  expect(await requestJson(url, { timeoutMs: 5_000 })).toEqual({
    status: 409,
    content: { body: '', method: 'GET' },
  });
});

const halfAnswers: [kind: string, answer: RequestListener, error: RegExp][] = [
  [
    'is cut',
    (_, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{"a":1}');
      setImmediate(() => response.destroy());
    },
    /aborted/,
  ],
  ['is no JSON', (_, response) => void response.end('<html>'), /JSON/],
  ['stands still', (_, response) => void response.write('{"a":'), /aborted/],
  ['never begins', () => {}, /aborted/],
];

test.each(halfAnswers)('an answer of a host that %s is an error', async (_, answer, error) => {
  const { url } = await startServer(answer);
  await expect(requestJson(url, { timeoutMs: 100 })).rejects.toThrow(error);
});
