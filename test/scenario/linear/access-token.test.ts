import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { createAccessTokens } from '../../../lib/adapters/linear/access-token.ts';
import { messageOf } from '../../../lib/domain/errors.ts';
import {
  badGateway,
  cutBody,
  emptyBody,
  hang,
  reset,
  sendFaultyAnswer,
  serverError,
  tooManyRequests,
  type FaultyAnswer,
} from '../../support/faulty-answers.ts';
import { listenOnLoopback } from '../../support/loopback.ts';

const app = { clientId: 'client-of-no-worth', clientSecret: 'secret-of-no-worth' };

function json(body: object): FaultyAnswer {
  const headers = { 'content-type': 'application/json' };
  return { kind: 'answer', status: 200, headers, body: JSON.stringify(body) };
}

function refusal(status: number, location = ''): FaultyAnswer {
  const headers = { 'content-type': 'application/json', ...(location !== '' && { location }) };
  return { kind: 'answer', status, headers, body: '{"error":"invalid_client"}' };
}

/** Where every request for a token gets the same answer. */
async function tokensFrom(answer: FaultyAnswer) {
  return tokensOf(createServer((_, response) => sendFaultyAnswer(response, answer)));
}

async function tokensOf(server: Server) {
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const tokenUrl = `http://127.0.0.1:${port}/oauth/token`;
  return createAccessTokens({ tokenUrl, requestMs: 300, now: Date.now });
}

test.each([
  ['an error of the server', serverError(), true],
  ['an error of something in between', badGateway(), true],
  ['a limit', tooManyRequests(), true],
  ['a cut body', cutBody(), true],
  ['an empty body', emptyBody(), true],
  ['a reset connection', reset, true],
  ['no answer', hang, true],
  ['a token that no header can hold', json({ access_token: 'a\nb', expires_in: 60 }), true],
  ['a token without an end', json({ access_token: 'a' }), true],
  ['a redirect', refusal(307, 'http://127.0.0.1:1/elsewhere'), true],
  ['a refusal', refusal(401), false],
  ['a refusal of the scopes', refusal(400), false],
  ['no such address', refusal(404), false],
])('%s is an error that shows no secret', async (_, answer, retryable) => {
  const tokens = await tokensFrom(answer);
  const failure = await tokens.get(app, () => undefined).catch((error: unknown) => error);
  expect(failure).toMatchObject({ service: 'linear', retryable });
  expect(messageOf(failure)).not.toContain(app.clientSecret);
});

test('an app that nobody may call gets a token all the same', async () => {
  const scopes: (string | null)[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const scope = new URLSearchParams(await text(request)).get('scope');
    scopes.push(scope);
    const granted = json({ access_token: 'token', expires_in: 60 });
    const refused = { ...refusal(400), body: '{"error":"invalid_scope"}' };
    sendFaultyAnswer(response, scope === 'read,write' ? granted : refused);
  };
  const tokens = await tokensOf(createServer((...exchange) => void answer(...exchange)));
  let spent = 0;
  expect(await tokens.get(app, () => void (spent += 1))).toBe('token');
  expect(scopes).toEqual(['read,write,app:assignable,app:mentionable', 'read,write']);
  expect(spent).toBe(2);
});

test('after a failure a token is asked for anew', async () => {
  const tokens = await tokensFrom(serverError());
  let spent = 0;
  const spend = () => void (spent += 1);
  await tokens.get(app, spend).catch(() => undefined);
  await tokens.get(app, spend).catch(() => undefined);
  expect(spent).toBe(2);
});

/** Gives everybody a token that says what it was given for. */
async function giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const token = `for-${new URLSearchParams(await text(request)).get('client_secret')}`;
  sendFaultyAnswer(response, json({ access_token: token, expires_in: 60 }));
}

test('a secret that has just been replaced gets a token of its own while the old one asks', async () => {
  const tokens = await tokensOf(createServer((...exchange) => void giveToken(...exchange)));
  const secrets = ['old', 'new', 'new'];
  let asked = 0;
  const spend = () => void (asked += 1);
  const found = secrets.map((clientSecret) => tokens.get({ ...app, clientSecret }, spend));
  expect(await Promise.all(found)).toEqual(['for-old', 'for-new', 'for-new']);
  expect(asked).toBe(2);
});
