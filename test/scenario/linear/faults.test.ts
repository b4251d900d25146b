import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createLinear } from '../../../lib/adapters/linear/linear.ts';
import { messageOf, UpstreamError } from '../../../lib/domain/errors.ts';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import {
  badGateway,
  cutBody,
  emptyBody,
  hang,
  linearRateLimit,
  reset,
  serverError,
  tooManyRequests,
  truncatedJson,
  type FaultyAnswer,
} from '../../support/faulty-answers.ts';
import { SeenCalls } from '../../builders/seen-calls.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { answerCall, linearUnderTest, nothingMore } from './linear-under-test.ts';

beforeEach(() => setLogSink(() => undefined));
afterEach(() => setLogSink(writeJsonLine));

const html: FaultyAnswer = {
  ...badGateway(),
  kind: 'answer',
  status: 200,
  headers: {},
  body: '<p>',
};
const nothing: FaultyAnswer = {
  kind: 'answer',
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: 'null',
};
const otherShape: FaultyAnswer = { ...nothing, body: '{"data":{"issue":{"id":7}}}' };

const passing: [string, FaultyAnswer][] = [
  ['a cut body', cutBody()],
  ['half an answer', truncatedJson()],
  ['an empty body', emptyBody()],
  ['nothing as JSON', nothing],
  ['a page for people', html],
  ['an answer of another shape', otherShape],
  ['an error of the server', serverError()],
  ['an error of something in between', badGateway()],
  ['a reset connection', reset],
  ['no answer', hang],
];

/** Long enough for an answer of the test's server while other tests run. */
const timing = { requestMs: 400, retryMs: 1 };

test.each(passing)('%s is asked for once more', async (_, answer) => {
  const { server, tracker } = await linearUnderTest({ timing });
  server.script([{ answer }]);
  const issue = await tracker.getIssue('ENG-1', nothingMore, answerCall);
  expect(issue).toMatchObject({ identifier: 'ENG-1' });
  expect(server.requests).toHaveLength(2);
});

test.each(passing)('%s twice is an error that may pass', async (_, answer) => {
  const { server, tracker } = await linearUnderTest({ timing });
  server.script([{ answer, times: 2 }]);
  const failure = await failureOf(tracker.getIssue('ENG-1', nothingMore, answerCall));
  expect(failure).toBeInstanceOf(UpstreamError);
  expect(failure).toMatchObject({ service: 'linear', retryable: true });
  expect(server.requests).toHaveLength(2);
});

test.each([
  ['by its code alone', linearRateLimit()],
  ['by its status', tooManyRequests()],
  ['with the time to wait', tooManyRequests(30)],
])('a limit that is told %s is not asked again', async (_, answer) => {
  const { server, tracker } = await linearUnderTest();
  server.script([{ answer }]);
  const first = await failureOf(tracker.getIssue('ENG-1', nothingMore, answerCall));
  const second = await failureOf(tracker.getIssue('ENG-1', nothingMore, answerCall));
  expect(first).toMatchObject({ retryable: true, status: 429 });
  expect(messageOf(first)).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  expect(second).toMatchObject({ retryable: true, status: 429 });
  expect(server.requests).toHaveLength(1);
});

test('each attempt is counted as a call, with what is left where an answer tells', async () => {
  const { options, server } = await linearUnderTest();
  server.script([{ answer: reset }]);
  const meter = new SeenCalls();
  await createLinear({ ...options, meter }).tracker.getIssue('ENG-1', nothingMore, answerCall);
  const told = { limit: 2_500, remaining: expect.any(Number), resetAt: expect.any(String) };
  expect(meter.calls).toEqual([
    ['linear', undefined],
    ['linear', told],
  ]);
});

test('a limit is over when its time has come', async () => {
  let now = Date.parse('2026-11-22T10:00:00.000Z');
  const { server, tracker } = await linearUnderTest({ seed: { now: () => now } });
  server.script([{ answer: tooManyRequests(30) }]);
  await failureOf(tracker.getIssue('ENG-1', nothingMore, answerCall));
  now += 29_000;
  await failureOf(tracker.getIssue('ENG-1', nothingMore, answerCall));
  expect(server.requests).toHaveLength(1);
  now += 1_000;
  expect(await tracker.getIssue('ENG-1', nothingMore, answerCall)).toBeDefined();
});

test('each request is taken from the allowance, a second attempt as well', async () => {
  const { server, tracker } = await linearUnderTest();
  let left = 3;
  const allowance = { take: () => (left -= 1) >= 0 };
  server.script([{ answer: serverError() }]);
  await tracker.getIssue('ENG-1', nothingMore, { ...answerCall, allowance });
  expect(left).toBe(1);
  await tracker.getIssue('ENG-1', nothingMore, { ...answerCall, allowance });
  const failure = await failureOf(
    tracker.getIssue('ENG-1', nothingMore, { ...answerCall, allowance }),
  );
  expect(failure).toMatchObject({ retryable: false });
  expect(server.requests).toHaveLength(3);
});

test('what Linear says to people is cut and made harmless', async () => {
  const { server, tracker } = await linearUnderTest();
  const text = `\u001b[31m${'long '.repeat(200)}`;
  const extensions = { code: 'INPUT_ERROR', userPresentableMessage: text };
  const body = JSON.stringify({ errors: [{ message: 'x', extensions }] });
  const headers = { 'content-type': 'application/json' };
  server.script([{ answer: { kind: 'answer', status: 400, headers, body } }]);
  const message = messageOf(await failureOf(tracker.getIssue('ENG-1', nothingMore, answerCall)));
  expect(message).toContain('long long');
  expect(message).not.toContain('\u001b');
  expect(message.length).toBeLessThan(300);
});

test('credentials are not sent on to where an answer points', async () => {
  let visits = 0;
  const elsewhere = createServer((_, response) => {
    visits += 1;
    response.end('{}');
  });
  const port = await listenOnLoopback(elsewhere);
  onTestFinished(() => void elsewhere.close());
  const { server, tracker } = await linearUnderTest();
  const headers = { location: `http://127.0.0.1:${port}/graphql` };
  server.script([{ answer: { kind: 'answer', status: 307, headers, body: '' }, times: 2 }]);
  await failureOf(tracker.getIssue('ENG-1', nothingMore, answerCall));
  expect(visits).toBe(0);
});

test('a Linear that is not there is an error that may pass', async () => {
  const { options } = await linearUnderTest();
  const { tracker } = createLinear({ ...options, apiUrl: 'http://127.0.0.1:1/graphql' });
  const failure = await failureOf(tracker.getIssue('ENG-1', nothingMore, answerCall));
  expect(failure).toMatchObject({ service: 'linear', retryable: true });
});

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => expect.unreachable('it did not fail'),
    (error: unknown) => error,
  );
}
