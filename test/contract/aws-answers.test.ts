import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { callImplementations } from '../support/aws-calls.ts';
import { sendFaultyAnswer, type FaultyAnswer } from '../support/faulty-answers.ts';
import { startServer } from '../support/local-server.ts';

const credentials = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'made-up',
  AWS_SECRET_ACCESS_KEY: 'made-up-too',
};
const json = { 'content-type': 'application/x-amz-json-1.1' };
const good = '{"Name":"n","SecretString":"the-value"}';
const entry = { Source: 's', DetailType: 'd', Detail: '{}', EventBusName: 'b' };

function answer(body: string, status = 200, headers: Record<string, string> = {}): FaultyAnswer {
  return { kind: 'answer', status, headers: { ...json, ...headers }, body };
}

/** Answers in turn, the last one for ever. */
function inTurn(answers: readonly FaultyAnswer[]): RequestListener {
  let given = 0;
  return (_, response) => {
    const next = answers[given] ?? answers.at(-1);
    given += 1;
    if (next !== undefined) sendFaultyAnswer(response, next);
  };
}

describe.each(callImplementations)('Answers of AWS, %s', (_, make) => {
  const callsTo = async (listener: RequestListener) => {
    const server = await startServer(listener);
    return { server, calls: make({ ...credentials, AWS_ENDPOINT_URL: server.url }) };
  };

  test.each([
    ['a page for people', answer('<html>502 Bad Gateway</html>', 502)],
    ['too many requests', answer('{"message":"slow down"}', 429)],
    ['nobody to answer', answer('', 503)],
  ])('after %s the call is made again', async (_name, fault) => {
    const { calls, server } = await callsTo(inTurn([fault, answer(good)]));
    expect(await calls.getSecretValue('n', 'AWSCURRENT')).toBe('the-value');
    expect(server.seen).toHaveLength(2);
  });

  test('half of an answer is none', async () => {
    const { calls } = await callsTo(inTurn([answer(good.slice(0, -5))]));
    await expect(calls.getSecretValue('n', 'AWSCURRENT')).rejects.toMatchObject({
      message: expect.not.stringContaining('the-value'),
      retryable: true,
    });
  });

  test.each([
    ['a refusal by its header', answer('{}', 400, { 'x-amzn-errortype': 'NoGood:http://x/' })],
    [
      'a refusal by its body',
      answer('{"__type":"com.amazonaws.x#NoGood","message":"the-value"}', 400),
    ],
  ])('%s is told by its code alone', async (_name, refusal) => {
    const { calls, server } = await callsTo(inTurn([refusal]));
    await expect(calls.putEvents([entry])).rejects.toMatchObject({
      message: 'EventBridge has refused PutEvents: NoGood.',
      retryable: false,
      status: 400,
    });
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ['nothing of any entry', answer('{}')],
    ['less than was asked', answer('{"Entries":[{"EventId":"1"}],"FailedEntryCount":0}')],
    ['no list', answer('{"Entries":{"0":{"EventId":"1"}},"FailedEntryCount":0}')],
  ])('events are not taken for kept where the answer tells %s', async (_name, odd) => {
    const { calls } = await callsTo(inTurn([odd]));
    await expect(calls.putEvents([entry, entry])).rejects.toMatchObject({ retryable: true });
  });

  test('an entry without an id is not kept', async () => {
    const { calls } = await callsTo(inTurn([answer('{"Entries":[{}],"FailedEntryCount":0}')]));
    expect(await calls.putEvents([entry])).toEqual([{ kind: 'failed', code: 'unknown' }]);
  });

  test('a signature by a clock that goes wrong is made anew by that of AWS', async () => {
    const aheadMs = 3_600_000;
    const { calls, server } = await callsTo((request, response) => {
      const date = new Date(Date.now() + aheadMs);
      const signed = String(request.headers['x-amz-date']).slice(0, 11);
      const isInTime = signed === date.toISOString().replace(/[-:]/g, '').slice(0, 11);
      const headers = { date: date.toUTCString() };
      const refusal = '{"__type":"InvalidSignatureException","message":"Signature expired"}';
      sendFaultyAnswer(
        response,
        isInTime ? answer(good, 200, headers) : answer(refusal, 400, headers),
      );
    });
    expect(await calls.getSecretValue('n', 'AWSCURRENT')).toBe('the-value');
    expect(await calls.getSecretValue('n', 'AWSCURRENT')).toBe('the-value');
    // Once it is known, the first signature is right.
    expect(server.seen).toHaveLength(3);
  });
});
