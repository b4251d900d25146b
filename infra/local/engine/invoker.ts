import {
  DurableExecutionInvocationInputWithClient,
  InvocationStatus,
  type DurableExecutionClient,
  type ErrorObject,
} from '@aws/durable-execution-sdk-js';
import type { Invocation } from './active-invocations.ts';
import type { EngineContext } from './engine-context.ts';
import type { FlowRegistration, LambdaContext } from './engine-interface.ts';
import { executionArn, flowArn } from './execution-arn.ts';
import { executionState } from './execution-state.ts';
import type { Outcome, RunLifecycle } from './run-lifecycle.ts';
import type { RunQueue } from './run-queue.ts';
import type { RunRecord } from './run-storage.ts';
import { isPassingStorageError } from './storage-errors.ts';

/** Invocations that fail in a row before the run fails; the back-off adds up to about 30 s. */
const maxFailures = 8;
const firstRetryDelay = 250;
const longestRetryDelay = 60_000;
const longestStoragePause = 30_000;

export type Invoker = ReturnType<typeof createInvoker>;

/** Calls the handlers of runs that want to be invoked, and deals with what they answer. */
export function createInvoker(
  context: EngineContext,
  parts: {
    queue: RunQueue;
    client: DurableExecutionClient;
    lifecycle: RunLifecycle;
    onProblem: (problem: Error) => void;
  },
) {
  const { tables, active, flows, now, newId, signals } = context;
  const { database, runs, history } = tables;
  const { queue, client, lifecycle } = parts;
  let accepting = true;
  let pumpScheduled = false;
  let storagePause: NodeJS.Timeout | undefined;
  let storagePauseDelay = firstRetryDelay;

  /** Starts invocations in a turn of their own, so that no caller runs a flow's code. */
  function schedulePump(): void {
    if (pumpScheduled || !accepting) return;
    pumpScheduled = true;
    setImmediate(() => {
      pumpScheduled = false;
      pump();
    });
  }

  function pump(): void {
    while (accepting && storagePause === undefined) {
      const next = queue.take();
      if (!next) return;
      void invoke(active.begin(next.runId, next.flow, newId()));
    }
  }

  async function invoke(invocation: Invocation): Promise<void> {
    const startedAt = now();
    try {
      const begun = begin(invocation);
      if (!begun) return;
      const outcome = await callHandler(begun, invocation);
      if (active.isCurrent(invocation)) settle(invocation, outcome, startedAt);
    } catch (error) {
      if (active.isCurrent(invocation)) recover(invocation, error, startedAt);
    } finally {
      if (active.isCurrent(invocation)) release(invocation.runId);
    }
  }

  /** Undefined when there is nothing to invoke (any more). */
  function begin(invocation: Invocation): Begun | undefined {
    const flow = flows.get(invocation.flow);
    const run = runs.get(invocation.runId);
    if (!flow || !run || run.endedAt !== null) return undefined;
    runs.markInvoked(run.id);
    return { flow, run };
  }

  /** Undefined when the run is parked. */
  async function callHandler(begun: Begun, invocation: Invocation): Promise<Outcome | undefined> {
    const { flow, run } = begun;
    const lambdaContext = lambdaContextOf(run, invocation);
    if (flow.durable === false) {
      const result = await flow.handler(JSON.parse(run.input), lambdaContext);
      return { state: 'succeeded', result: JSON.stringify(result) };
    }
    const input = new DurableExecutionInvocationInputWithClient(
      {
        DurableExecutionArn: executionArn(run),
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

  function settle(invocation: Invocation, outcome: Outcome | undefined, startedAt: number): void {
    const { runId, touched, flow } = invocation;
    database.transaction(() => {
      recordInvocation(invocation, startedAt);
      if (outcome) lifecycle.end(runId, outcome);
      // Changed from outside meanwhile: the run stays 'running' and goes back into the queue.
      else if (touched.size === 0) runs.markWaiting(runId);
    });
    storagePauseDelay = firstRetryDelay;
    if (!outcome && touched.size > 0) {
      release(runId);
      signals.runnable(flow, runId);
    }
  }

  /** The invocation failed outside the flow's own error handling. */
  function recover(invocation: Invocation, error: unknown, startedAt: number): void {
    const { runId, flow } = invocation;
    try {
      if (invocation.storageProblem) throw invocation.storageProblem;
      if (isPassingStorageError(error)) throw error;
      retryLater(invocation, error, startedAt);
    } catch (problem) {
      // Nothing can be saved now: the run is 'running' in the table and stays in the queue.
      parts.onProblem(toError(problem));
      release(runId);
      queue.add(flow, runId);
      pauseForStorage();
    }
  }

  function retryLater(invocation: Invocation, error: unknown, startedAt: number): void {
    const { runId } = invocation;
    const failures = runs.get(runId)?.failures ?? 0;
    const wakeAt = now() + Math.min(longestRetryDelay, firstRetryDelay * 2 ** failures);
    database.transaction(() => {
      recordInvocation(invocation, startedAt, errorObject(error));
      const final = flows.get(invocation.flow)?.durable === false || failures + 1 >= maxFailures;
      if (final) lifecycle.end(runId, { state: 'failed', error: errorObject(error) });
      else runs.markRetrying(runId, wakeAt);
    });
    signals.due(wakeAt);
  }

  function recordInvocation(invocation: Invocation, startedAt: number, error?: ErrorObject): void {
    history.append(invocation.runId, {
      type: 'InvocationCompleted',
      at: now(),
      detail: {
        requestId: invocation.id,
        milliseconds: now() - startedAt,
        ...(error && { error: { type: error.ErrorType, message: error.ErrorMessage } }),
      },
    });
  }

  /** A full disk is not cured by calling every handler again at once. */
  function pauseForStorage(): void {
    if (storagePause !== undefined || !accepting) return;
    storagePause = setTimeout(() => {
      storagePause = undefined;
      pump();
    }, storagePauseDelay);
    storagePauseDelay = Math.min(longestStoragePause, storagePauseDelay * 2);
  }

  /** The run's invocation counts no more, whether it has returned or was cut off. */
  function release(runId: string): void {
    const invocation = active.remove(runId);
    if (!invocation) return;
    queue.release(invocation.flow);
    schedulePump();
  }

  return {
    enqueue(flow: string, runId: string): void {
      queue.add(flow, runId);
      schedulePump();
    },

    release,

    /** Takes no further invocations. */
    stop(): void {
      accepting = false;
      clearTimeout(storagePause);
    },
  };
}

interface Begun {
  flow: FlowRegistration;
  run: RunRecord;
}

function lambdaContextOf(run: RunRecord, invocation: Invocation): LambdaContext {
  return {
    awsRequestId: invocation.id,
    functionName: run.flow,
    functionVersion: '$LATEST',
    invokedFunctionArn: flowArn(run.flow),
    memoryLimitInMB: '0',
    logGroupName: '',
    logStreamName: '',
    callbackWaitsForEmptyEventLoop: false,
    // No invocation is cut off here: only the execution time-out of the whole run counts.
    getRemainingTimeInMillis: () => Infinity,
  };
}

function errorObject(error: unknown): ErrorObject {
  const { name, message } = toError(error);
  return { ErrorType: name, ErrorMessage: message };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
