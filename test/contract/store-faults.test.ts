import { describe, expect, onTestFinished, test } from 'vitest';
import { createDynamodbClient } from '../../lib/adapters/aws/dynamodb/client.ts';
import { createDynamodbStore } from '../../lib/adapters/aws/dynamodb/store.ts';
import type { UpstreamError } from '../../lib/domain/errors.ts';
import type { Store } from '../../lib/ports/store.ts';
import { startDynamodb } from '../support/aws/dynamodb-server.ts';
import { localAccess } from '../support/aws/local-access.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import type { FaultyAnswer } from '../support/faulty-answers.ts';
import { startHttpFaultProxy } from '../support/http-fault-proxy.ts';

const dynamodb = await startDynamodb();

/** The store as it is made for AWS, but sooner out of patience. */
async function openStore(endpoint: string): Promise<Store> {
  const table = `store-${crypto.randomUUID()}`;
  await dynamodb.createTable(table);
  return storeAt(endpoint, table);
}

function storeAt(endpoint: string, table: string): Store {
  const requestHandler = { requestTimeout: 150, throwOnRequestTimeout: true };
  const client = createDynamodbClient({ endpoint, ...localAccess, requestHandler });
  onTestFinished(() => client.destroy());
  return createDynamodbStore({ client, table });
}

async function behindProxy() {
  const proxy = await startHttpFaultProxy(dynamodb.endpoint);
  return { proxy, store: await openStore(proxy.url) };
}

/** For a store whose next connection carries out what it is asked, and says nothing. */
async function afterLostAnswer() {
  const proxy = await startFaultProxy(Number(new URL(dynamodb.endpoint).port));
  const table = `store-${crypto.randomUUID()}`;
  await dynamodb.createTable(table);
  return {
    direct: storeAt(dynamodb.endpoint, table),
    proxied: storeAt(proxy.urlOf(dynamodb.endpoint), table),
    loseNext: () => proxy.next([{ kind: 'silence' }]),
  };
}

/** A refusal in the words of DynamoDB. */
function refusal(status: number, type: string, message = 'Refused'): FaultyAnswer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }),
  };
}

const item = { partition: 'p', key: 'k', value: 'v' };

async function failureOf(call: Promise<unknown>): Promise<UpstreamError> {
  return call.then(
    () => Promise.reject(new Error('It has not failed')),
    (error: UpstreamError) => error,
  );
}

describe('A passing fault loses nothing and repeats nothing', () => {
  const serverError = refusal(500, 'InternalServerError');
  const passing: Record<string, FaultyAnswer[]> = {
    'an error of the server': [serverError, serverError],
    throttling: [refusal(400, 'ThrottlingException')],
    'an answer that is cut off': [
      { kind: 'cut', status: 200, headers: { 'content-type': 'application/json' }, body: '{"It' },
    ],
    'a connection that is reset': [{ kind: 'reset' }, { kind: 'reset' }],
    'no answer': [{ kind: 'hang' }],
  };

  test.each(Object.entries(passing))('%s', async (_, answers) => {
    const { proxy, store } = await behindProxy();
    proxy.answerNext(answers);
    expect(await store.add(item)).toBe(true);
    proxy.answerNext(answers);
    expect((await store.get('p', 'k'))?.value).toBe('v');
    proxy.answerNext(answers);
    expect((await store.list('p', { limit: 5 })).items).toHaveLength(1);
  });
});

describe('A write that was carried out, its answer lost', () => {
  test('counts as added', async () => {
    const { direct, loseNext, proxied } = await afterLostAnswer();
    loseNext();
    expect(await proxied.add(item)).toBe(true);
    expect((await direct.get('p', 'k'))?.value).toBe('v');
  });

  test('counts as written over the version that was read', async () => {
    const { direct, loseNext, proxied } = await afterLostAnswer();
    await direct.add(item);
    const version = (await direct.get('p', 'k'))?.version;
    loseNext();
    expect(await proxied.put({ ...item, value: 'new' }, version)).toBe(true);
    expect((await direct.get('p', 'k'))?.value).toBe('new');
  });

  test('does not count when the item is of somebody else', async () => {
    const { direct, loseNext, proxied } = await afterLostAnswer();
    await direct.add({ ...item, value: 'theirs' });
    loseNext();
    expect(await proxied.add(item)).toBe(false);
    expect((await direct.get('p', 'k'))?.value).toBe('theirs');
  });
});

describe('A lasting fault is told', () => {
  test.each(['get', 'add', 'put', 'remove', 'list'] as const)('by %s', async (method) => {
    const { proxy, store } = await behindProxy();
    proxy.answerAlways(refusal(500, 'InternalServerError'));
    const calls: Record<typeof method, () => Promise<unknown>> = {
      get: () => store.get('p', 'k'),
      add: () => store.add(item),
      put: () => store.put(item, 1),
      remove: () => store.remove('p', 'k'),
      list: () => store.list('p', { limit: 1 }),
    };
    expect(await failureOf(calls[method]())).toMatchObject({
      name: 'UpstreamError',
      service: 'dynamodb',
      status: 500,
      retryable: true,
    });
    expect(proxy.requests).toHaveLength(5);
  });

  test.each([
    ['text/html', '<html>Sign in</html>'],
    ['application/x-amz-json-1.0', '{"Count":0}'],
    ['application/x-amz-json-1.0', ''],
  ])('an answer of type %s that says %j is no empty list', async (type, body) => {
    const { proxy, store } = await behindProxy();
    proxy.answerAlways({ kind: 'answer', status: 200, headers: { 'content-type': type }, body });
    const failure = await failureOf(store.list('p', { limit: 1 }));
    expect(failure).toMatchObject({ name: 'UpstreamError', retryable: true });
    expect(failure.message).not.toContain('<html>');
  });

  test('an item that this program has not written is no item', async () => {
    const { proxy, store } = await behindProxy();
    const body = JSON.stringify({ Item: { partition: { S: 'p' }, key: { N: '1' } } });
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    proxy.answerNext([{ kind: 'answer', status: 200, headers, body }]);
    expect(await failureOf(store.get('p', 'k'))).toMatchObject({ retryable: false });
  });

  test.each([
    ['AccessDeniedException', 'User: x is not authorized', 'deploy the stack again'],
    ['ResourceNotFoundException', 'Requested resource not found', 'Deploy the stack'],
    ['UnrecognizedClientException', 'The token FwoGZXIv is invalid', 'missing, wrong or expired'],
    ['InvalidSignatureException', 'x-amz-security-token:FwoGZXIv', 'missing, wrong or expired'],
  ])('%s at once, with what to do and without a token', async (type, message, advice) => {
    const { proxy, store } = await behindProxy();
    proxy.answerAlways(refusal(400, type, message));
    const failure = await failureOf(store.get('p', 'k'));
    expect(failure).toMatchObject({ name: 'FinalUpstreamError', retryable: false });
    expect(failure.message).toContain(advice);
    expect(failure.message).not.toContain('FwoGZXIv');
    expect(failure.cause).toBeUndefined();
  });
});
