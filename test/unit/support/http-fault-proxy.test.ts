import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  badGateway,
  cutBody,
  emptyBody,
  hang,
  linearRateLimit,
  reset,
  secondaryLimit,
  serverError,
  tooManyRequests,
  truncatedJson,
} from '../../support/faulty-answers.ts';
import { startHttpFaultProxy } from '../../support/http-fault-proxy.ts';
import { listenOnLoopback } from '../../support/loopback.ts';

async function startEcho() {
  const server = createServer((request, response) => {
    const said = `${request.method} ${request.url} ${request.headers.authorization}`;
    void text(request).then((body) =>
      response.writeHead(201, { 'x-limit': '7' }).end(`${said} ${body}`),
    );
  });
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return startHttpFaultProxy(`http://127.0.0.1:${port}/api`);
}

describe('HTTP fault proxy', () => {
  it('passes requests on whole, and answers back', async () => {
    const proxy = await startEcho();
    const answer = await fetch(`${proxy.url}/items?page=2`, {
      method: 'POST',
      headers: { authorization: 'token of-no-worth' },
      body: 'hello',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-limit')).toBe('7');
    expect(await answer.text()).toBe('POST /api/items?page=2 token of-no-worth hello');
    expect(proxy.requests).toEqual(['POST /api/items?page=2']);
  });

  it('answers the next requests itself', async () => {
    const proxy = await startEcho();
    proxy.answerNext([tooManyRequests(3), tooManyRequests(), secondaryLimit(60), badGateway()]);
    const answers = [];
    for (let i = 0; i < 5; i += 1) {
      const answer = await fetch(proxy.url);
      answers.push([answer.status, answer.headers.get('retry-after')]);
    }
    expect(answers).toEqual([
      [429, '3'],
      [429, null],
      [403, '60'],
      [502, null],
      [201, null],
    ]);
  });

  it.each([
    { name: 'a server error', answer: serverError(), status: 500 },
    { name: 'the limit of Linear', answer: linearRateLimit(), status: 400 },
  ])('says $name in JSON', async ({ answer, status }) => {
    const proxy = await startEcho();
    proxy.answerAlways(answer);
    const got = await fetch(proxy.url);
    expect(got.status).toBe(status);
    expect(await got.json()).toBeTypeOf('object');
  });

  it.each([
    { name: 'half of a JSON text', answer: truncatedJson(), problem: SyntaxError },
    { name: 'nothing at all', answer: emptyBody(), problem: SyntaxError },
    { name: 'less than it promised', answer: cutBody(), problem: TypeError },
  ])('answers $name with status 200', async ({ answer, problem }) => {
    const proxy = await startEcho();
    proxy.answerAlways(answer);
    const got = await fetch(proxy.url);
    expect(got.status).toBe(200);
    await expect(got.json()).rejects.toThrow(problem);
  });

  it('resets a connection, or never answers', async () => {
    const proxy = await startEcho();
    proxy.answerNext([reset, hang]);
    await expect(fetch(proxy.url)).rejects.toThrow('fetch failed');
    const signal = AbortSignal.timeout(200);
    await expect(fetch(proxy.url, { signal })).rejects.toThrow(/timeout/);
    expect((await fetch(proxy.url)).status).toBe(201);
  });
});
