import { expect, onTestFinished, test } from 'vitest';
import {
  startLambdaProcess,
  type LambdaProcess,
  type LambdaProcessOptions,
} from '../../../support/lambda/lambda-process.ts';
import { folderWith } from '../../../support/temporary-folder.ts';

async function startHandler(
  code: string,
  options: Partial<LambdaProcessOptions> = {},
): Promise<LambdaProcess> {
  const started = await startLambdaProcess({
    folder: folderWith({ 'index.mjs': code }),
    handler: 'index.handler',
    environment: {},
    ...options,
  });
  onTestFinished(() => started.stop());
  return started;
}

test('a handler answers events, one at a time and in order', async () => {
  const lambda = await startHandler(`
    let running = 0;
    export async function handler({ n }) {
      running += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { n, atOnce: running-- };
    }`);

  const results = await Promise.all([1, 2, 3].map((n) => lambda.invoke({ n })));

  expect(results.map(({ status, payload }) => ({ status, payload }))).toEqual(
    [1, 2, 3].map((n) => ({ status: 'ok', payload: { n, atOnce: 1 } })),
  );
  expect(new Set(results.map(({ requestId }) => requestId)).size).toBe(3);
});

test('it sees just what is given to it and what Lambda sets', async () => {
  process.env['CICD_TESTERS_OWN'] = 'must not be seen';
  onTestFinished(() => {
    delete process.env['CICD_TESTERS_OWN'];
  });
  const lambda = await startHandler('export const handler = async () => process.env;', {
    environment: { CICD_TABLE: 'table' },
    identity: { name: 'webhook', memoryMb: 256 },
  });

  const { payload } = await lambda.invoke({});

  expect(payload).toMatchObject({
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_FUNCTION_NAME: 'webhook',
    CICD_TABLE: 'table',
  });
  expect(payload).not.toHaveProperty('CICD_TESTERS_OWN');
  expect(payload).not.toHaveProperty('HOME');
});

test('an error of the handler is told in the words of Lambda, and the process goes on', async () => {
  const lambda = await startHandler(`
    export async function handler({ fail }) {
      if (fail) throw new TypeError('no such thing');
      return 'fine';
    }`);

  expect(await lambda.invoke({ fail: true })).toMatchObject({
    status: 'error',
    payload: { errorType: 'TypeError', errorMessage: 'no such thing' },
  });
  expect(await lambda.invoke({ fail: false })).toMatchObject({ status: 'ok', payload: 'fine' });
});

test('the handler knows its function, its request and the time that is left', async () => {
  const lambda = await startHandler(
    `export const handler = async (_, context) => ({
      arn: context.invokedFunctionArn,
      id: context.awsRequestId,
      left: context.getRemainingTimeInMillis(),
    });`,
    { timeoutMs: 5000, identity: { arn: 'arn:aws:lambda:eu-west-1:1:function:f:live' } },
  );

  const { payload, requestId } = await lambda.invoke({});

  expect(payload).toMatchObject({
    arn: 'arn:aws:lambda:eu-west-1:1:function:f:live',
    id: requestId,
  });
  expect(payload).toHaveProperty(
    'left',
    expect.toSatisfy((ms) => ms > 1000 && ms <= 5000),
  );
});

test('what takes longer than the time-out is killed', async () => {
  const lambda = await startHandler(
    'export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));',
    { timeoutMs: 50 },
  );

  const result = await lambda.invoke({});

  expect(result.status).toBe('timeout');
  expect(await lambda.invoke({})).toMatchObject({ status: 'exit' });
  expect(lambda.alive()).toBe(false);
});

test('a process that ends in the middle answers so', async () => {
  const lambda = await startHandler('export const handler = async () => process.exit(3);');

  expect(await lambda.invoke({})).toMatchObject({
    status: 'exit',
    payload: { errorMessage: 'ended with 3' },
  });
});

test('a module that cannot be loaded fails the start with its reason', async () => {
  await expect(startHandler("throw new Error('no such table');")).rejects.toThrow('no such table');
});

test('all lines that it writes are there when it has answered', async () => {
  const lines: string[] = [];
  const lambda = await startHandler(
    `export async function handler() {
      process.stdout.write('{"message":"one"}\\n');
      console.log('two\u2028in one');
    }`,
    { onLine: (line) => lines.push(line) },
  );

  await lambda.invoke({});

  expect(lines).toEqual(['{"message":"one"}', expect.stringContaining('two\u2028in one')]);
  expect(lambda.logs).toEqual(lines);
});

test('a process that freezes stands still between its invocations', async () => {
  const lambda = await startHandler(
    `let beats = 0;
    setInterval(() => (beats += 1), 1);
    export const handler = async () => beats;`,
    { freezes: true },
  );
  const { payload: before } = await lambda.invoke({});

  await new Promise((resolve) => setTimeout(resolve, 300));
  const { payload: after } = await lambda.invoke({});

  expect(Number(after) - Number(before)).toBeLessThan(100);
});
