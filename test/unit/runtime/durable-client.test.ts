import {
  DurableExecutionClientError,
  type DurableExecutionClient,
} from '@aws/durable-execution-sdk-js';
import { expect, test } from 'vitest';
import { endInvocationOnStaleToken } from '../../../lib/runtime/durable-client.ts';

/** Answers every checkpoint as the service would. */
function clientThat(checkpoint: DurableExecutionClient['checkpoint']): DurableExecutionClient {
  return { checkpoint, getExecutionState: async () => ({ Operations: [] }) };
}

const request = { DurableExecutionArn: 'arn', CheckpointToken: 'token', Updates: [] };

test('a stale token ends the invocation, not the run', async () => {
  const refusal = new Error('Invalid checkpoint token: abc');
  const client = endInvocationOnStaleToken(clientThat(() => Promise.reject(refusal)));
  const failure = await client.checkpoint(request).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DurableExecutionClientError);
  expect(failure).toMatchObject({ scope: 'INVOCATION', cause: refusal });
});

test('other errors pass as they are', async () => {
  const error = new Error('Rate exceeded');
  const client = endInvocationOnStaleToken(clientThat(() => Promise.reject(error)));
  await expect(client.checkpoint(request)).rejects.toBe(error);
});

test('answers pass as they are', async () => {
  const answer = { CheckpointToken: 'next', NewExecutionState: { Operations: [] } };
  const client = endInvocationOnStaleToken(clientThat(async () => answer));
  expect(await client.checkpoint(request)).toBe(answer);
});
