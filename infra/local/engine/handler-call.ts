import {
  DurableExecutionInvocationInputWithClient,
  InvocationStatus,
  type DurableExecutionClient,
} from '@aws/durable-execution-sdk-js';
import type { Invocation } from './active-invocations.ts';
import type { Tables } from './engine-context.ts';
import type { FlowRegistration, LambdaContext } from './engine-interface.ts';
import { executionArn, flowArn, type FlowPlace } from './execution-arn.ts';
import { executionState } from './execution-state.ts';
import type { Outcome } from './run-lifecycle.ts';
import type { RunRecord } from './run-storage.ts';

export interface HandlerCall {
  flow: FlowRegistration;
  run: RunRecord;
  invocation: Invocation;
  place: FlowPlace;
}

/**
 * Calls a flow's handler the way Lambda does. Undefined when the run is parked.
 * @throws whatever fails outside the flow's own error handling: the invocation may be tried again.
 */
export async function callHandler(
  { flow, run, invocation, place }: HandlerCall,
  tables: Tables,
  client: DurableExecutionClient,
): Promise<Outcome | undefined> {
  const lambdaContext = lambdaContextOf(run, invocation, place);
  if (flow.durable === false) {
    const result = await flow.handler(JSON.parse(run.input), lambdaContext);
    return { state: 'succeeded', result: JSON.stringify(result) };
  }
  const input = new DurableExecutionInvocationInputWithClient(
    {
      DurableExecutionArn: executionArn(run, place),
      CheckpointToken: invocation.token,
      InitialExecutionState: executionState(tables, run),
    },
    client,
  );
  const output = await flow.handler(input, lambdaContext);
  switch (output.Status) {
    case InvocationStatus.SUCCEEDED:
      return { state: 'succeeded', result: output.Result };
    case InvocationStatus.FAILED:
      return { state: 'failed', error: output.Error };
    default:
      return undefined;
  }
}

function lambdaContextOf(run: RunRecord, invocation: Invocation, place: FlowPlace): LambdaContext {
  return {
    awsRequestId: invocation.id,
    functionName: run.flow,
    functionVersion: place.version,
    invokedFunctionArn: flowArn(run.flow, place),
    memoryLimitInMB: '0',
    logGroupName: '',
    logStreamName: '',
    callbackWaitsForEmptyEventLoop: false,
    // No invocation is cut off here: only the execution time-out of the whole run counts.
    getRemainingTimeInMillis: () => Infinity,
  };
}
