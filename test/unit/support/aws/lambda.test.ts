import {
  GetDurableExecutionCommand,
  GetDurableExecutionHistoryCommand,
  InvokeCommand,
  LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import {
  DurableExecutionApiClient,
  withDurableExecution,
  type DurableContext,
  type DurableExecutionInvocationInput,
} from '@aws/durable-execution-sdk-js';
import { expect, test, vi } from 'vitest';
import { isJsonObject } from '../../../support/aws/wire/json-object.ts';
import { startedAws } from '../../../support/aws/started-aws.ts';

const lambdaContext = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };

type Flow = (input: { text: string }, durable: DurableContext) => Promise<unknown>;

function requireInvocation(payload: unknown): DurableExecutionInvocationInput {
  if (isInvocation(payload)) return payload;
  throw new Error('The server has invoked the function with something else');
}

function isInvocation(payload: unknown): payload is DurableExecutionInvocationInput {
  return isJsonObject(payload) && 'CheckpointToken' in payload;
}

/** A durable function in this process that speaks HTTP with the server, as a deployed one does. */
async function deployed(flow: Flow) {
  const server = await startedAws();
  const client = new LambdaClient(server.clientSettings);
  const handler = withDurableExecution(flow, {
    durableExecutionClient: new DurableExecutionApiClient(client),
  });
  server.addFunction({
    name: 'flow',
    executionTimeoutSeconds: 60,
    async invoke(payload) {
      const output = await handler(requireInvocation(payload), lambdaContext);
      return { status: 'ok', payload: JSON.parse(JSON.stringify(output)) };
    },
  });
  const start = async (name: string, text = 'hello') =>
    client.send(
      new InvokeCommand({
        FunctionName: 'flow',
        Qualifier: 'live',
        InvocationType: 'Event',
        DurableExecutionName: name,
        Payload: Buffer.from(JSON.stringify({ text })),
      }),
    );
  const ended = (arn: string | undefined) =>
    vi.waitUntil(
      async () => {
        const execution = await client.send(
          new GetDurableExecutionCommand({ DurableExecutionArn: arn, IncludeExecutionData: true }),
        );
        return execution.Status === 'RUNNING' ? undefined : execution;
      },
      { timeout: 5_000, interval: 20 },
    );
  return { server, client, start, ended };
}

const shout: Flow = async ({ text }, durable) => {
  const loud = await durable.step('shout', async () => text.toUpperCase());
  await durable.wait('pause', { seconds: 1 });
  return `${loud}!`;
};

test('carries a durable function over a wait to its result', async () => {
  const { client, ended, server, start } = await deployed(shout);

  const started = await start('first');

  expect(started.StatusCode).toBe(202);
  expect(started.DurableExecutionArn).toMatch(
    /^arn:aws:lambda:eu-west-1:123456789012:function:flow:1\/durable-execution\/first\//,
  );
  expect(await ended(started.DurableExecutionArn)).toMatchObject({
    Status: 'SUCCEEDED',
    InputPayload: '{"text":"hello"}',
    Result: '"HELLO!"',
    EndTimestamp: expect.any(Date),
  });
  const { Events = [] } = await client.send(
    new GetDurableExecutionHistoryCommand({ DurableExecutionArn: started.DurableExecutionArn }),
  );
  expect(Events.map(({ EventType }) => EventType)).toEqual([
    'ExecutionStarted',
    'StepStarted',
    'StepSucceeded',
    'WaitStarted',
    'InvocationCompleted',
    'WaitSucceeded',
    'InvocationCompleted',
    'ExecutionSucceeded',
  ]);
  const told = server.events.events().map(({ detail }) => detail['status']);
  expect(told).toEqual(['RUNNING', 'SUCCEEDED']);
  expect(server.violations).toEqual([]);
});

test('gives the execution of a name that is taken, and refuses another input', async () => {
  const { client, start } = await deployed(shout);
  const first = await start('same');

  const again = await start('same');

  expect(again.DurableExecutionArn).toBe(first.DurableExecutionArn);
  await expect(start('same', 'other')).rejects.toMatchObject({
    name: 'DurableExecutionAlreadyStartedException',
    $metadata: { httpStatusCode: 409 },
  });
  const listed = await client.send(
    new ListDurableExecutionsByFunctionCommand({ FunctionName: 'flow', Qualifier: 'live' }),
  );
  expect(listed.DurableExecutions).toHaveLength(1);
});

test('stops an execution with the given error', async () => {
  const { client, ended, server, start } = await deployed(async (_, durable) =>
    durable.wait('long', { minutes: 5 }),
  );
  const { DurableExecutionArn } = await start('stopped');
  await vi.waitUntil(() => JSON.stringify(server.calls).includes('WaitSeconds'));

  await client.send(
    new StopDurableExecutionCommand({
      DurableExecutionArn,
      Error: { ErrorType: 'Impatience', ErrorMessage: 'enough' },
    }),
  );

  expect(await ended(DurableExecutionArn)).toMatchObject({
    Status: 'STOPPED',
    Error: { ErrorType: 'Impatience', ErrorMessage: 'enough' },
  });
});

test('hands the result of a callback to the function that waits for it', async () => {
  const { promise: callbackId, resolve } = Promise.withResolvers<string>();
  const { client, ended, start } = await deployed(async (_, durable) =>
    durable.waitForCallback('answer', async (id) => resolve(id)),
  );
  const { DurableExecutionArn } = await start('asking');

  await client.send(
    new SendDurableExecutionCallbackSuccessCommand({
      CallbackId: await callbackId,
      Result: Buffer.from('42'),
    }),
  );

  expect(await ended(DurableExecutionArn)).toMatchObject({ Status: 'SUCCEEDED', Result: '"42"' });
});

test('tries an invocation again whose process has died, without repeating its steps', async () => {
  const server = await startedAws();
  const client = new LambdaClient(server.clientSettings);
  let steps = 0;
  let deaths = 0;
  const flow = async (_: unknown, durable: DurableContext) => {
    await durable.step('count', async () => (steps += 1));
    if (deaths === 0) return new Promise(() => {});
    return steps;
  };
  const handler = withDurableExecution(flow, {
    durableExecutionClient: new DurableExecutionApiClient(client),
  });
  server.addFunction({
    name: 'flow',
    executionTimeoutSeconds: 60,
    async invoke(payload) {
      const running = handler(requireInvocation(payload), lambdaContext);
      if (deaths > 0) return { status: 'ok', payload: await running };
      await vi.waitUntil(() => JSON.stringify(server.calls).includes('SUCCEED'));
      deaths += 1;
      return {
        status: 'exit',
        payload: { errorType: 'Runtime.ExitError', errorMessage: 'killed' },
      };
    },
  });

  const answer = await client.send(
    new InvokeCommand({ FunctionName: 'flow:live', Payload: Buffer.from('{}') }),
  );

  expect(Buffer.from(answer.Payload ?? []).toString()).toBe('1');
});

test('refuses to run a durable function that is named without a version', async () => {
  const { client } = await deployed(shout);

  const invoking = client.send(new InvokeCommand({ FunctionName: 'flow' }));

  await expect(invoking).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});

test('refuses the input of an execution that is too long', async () => {
  const { start } = await deployed(shout);

  const starting = start('long', 'x'.repeat(262_144));

  await expect(starting).rejects.toMatchObject({ name: 'RequestTooLargeException' });
});

test('says of a function that failed what it failed with', async () => {
  const server = await startedAws();
  const client = new LambdaClient(server.clientSettings);
  server.addFunction({
    name: 'plain',
    invoke: async () => ({ status: 'error', payload: { errorType: 'Oops', errorMessage: 'no' } }),
  });

  const answer = await client.send(new InvokeCommand({ FunctionName: 'plain' }));

  expect(answer.FunctionError).toBe('Unhandled');
  expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({
    errorType: 'Oops',
  });
});
