import {
  DurableExecutionClientError,
  type DurableExecutionClient,
} from '@aws/durable-execution-sdk-js';

/**
 * SDK 2.4.0 looks for "Invalid Checkpoint Token", the service says "Invalid checkpoint token": a stale
 * token would fail the whole run instead of this one invocation, which another has overtaken.
 * Fixed upstream after 2.4.0; remove this wrapper with the upgrade.
 */
function isStaleToken(error: unknown): error is Error {
  return error instanceof Error && /^invalid checkpoint token/i.test(error.message);
}

/** A client whose stale-token errors end the invocation, not the run. */
export function endInvocationOnStaleToken(client: DurableExecutionClient): DurableExecutionClient {
  return {
    getExecutionState: (request, logger) => client.getExecutionState(request, logger),
    checkpoint: async (request, logger) => {
      try {
        return await client.checkpoint(request, logger);
      } catch (error) {
        if (!isStaleToken(error)) throw error;
        throw new DurableExecutionClientError(error.message, {
          scope: 'INVOCATION',
          cause: error,
        });
      }
    },
  };
}
