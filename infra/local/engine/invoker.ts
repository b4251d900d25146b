import type { DurableExecutionClient, ErrorObject } from '@aws/durable-execution-sdk-js';
import type { Invocation } from './active-invocations.ts';
import type { EngineContext } from './engine-context.ts';
import { callHandler, type HandlerCall } from './handler-call.ts';
import type { Outcome, RunLifecycle } from './run-lifecycle.ts';
import type { RunQueue } from './run-queue.ts';
import { isPassingStorageError } from '../../../lib/adapters/sqlite/storage-errors.ts';

/** Invocations that fail in a row before the run fails; the back-off adds up to about 30 s. */
const maxFailures = 8;
const firstRetryDelay = 250;
const longestRetryDelay = 60_000;
const longestStoragePause = 30_000;

export interface InvokerParts {
  queue: RunQueue;
  client: DurableExecutionClient;
  lifecycle: RunLifecycle;
  onProblem: (problem: Error) => void;
}

/** Calls the handlers of runs that want to be invoked, and deals with what they answer. */
export class Invoker {
  readonly #context: EngineContext;
  readonly #parts: InvokerParts;
  #accepting = true;
  #pumpScheduled = false;
  #storagePause: NodeJS.Timeout | undefined;
  #storagePauseDelay = firstRetryDelay;

  constructor(context: EngineContext, parts: InvokerParts) {
    this.#context = context;
    this.#parts = parts;
  }

  enqueue(flow: string, runId: string): void {
    this.#parts.queue.add(flow, runId);
    this.#schedulePump();
  }

  /** The run's invocation counts no more, whether it has returned or was cut off. */
  release(runId: string): void {
    const invocation = this.#context.active.remove(runId);
    if (!invocation) return;
    this.#parts.queue.release(invocation.flow);
    this.#schedulePump();
  }

  /** Takes no further invocations. */
  stop(): void {
    this.#accepting = false;
    clearTimeout(this.#storagePause);
  }

  /** Starts invocations in a turn of their own, so that no caller runs a flow's code. */
  #schedulePump(): void {
    if (this.#pumpScheduled) return;
    this.#pumpScheduled = true;
    setImmediate(() => {
      this.#pumpScheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    const { active, newId } = this.#context;
    while (this.#accepting && this.#storagePause === undefined) {
      const next = this.#parts.queue.take();
      if (!next) return;
      void this.#invoke(active.begin(next.runId, next.flow, newId()));
    }
  }

  async #invoke(invocation: Invocation): Promise<void> {
    const { tables, active, now } = this.#context;
    const startedAt = now();
    try {
      const call = this.#begin(invocation);
      if (!call) return;
      const outcome = await callHandler(call, tables, this.#parts.client);
      if (active.isCurrent(invocation)) this.#settle(invocation, outcome, startedAt);
    } catch (error) {
      if (active.isCurrent(invocation)) this.#recover(invocation, error, startedAt);
    } finally {
      if (active.isCurrent(invocation)) this.release(invocation.runId);
    }
  }

  /** Undefined when there is nothing to invoke (any more). */
  #begin(invocation: Invocation): HandlerCall | undefined {
    const { flows, now, place, signals, tables } = this.#context;
    const flow = flows.get(invocation.flow);
    const run = tables.runs.get(invocation.runId);
    if (!flow || !run || run.endedAt !== null) return undefined;
    const expiresAt = now() + flow.executionTimeoutSeconds * 1000;
    tables.runs.markInvoked(run.id, expiresAt);
    if (run.invocations === 0) signals.due(expiresAt);
    return { flow, run, invocation, place };
  }

  #settle(invocation: Invocation, outcome: Outcome | undefined, startedAt: number): void {
    const { tables, signals } = this.#context;
    const { runId, touched, flow } = invocation;
    tables.database.transaction(() => {
      this.#record(invocation, startedAt);
      if (outcome) this.#parts.lifecycle.end(runId, outcome);
      // Changed from outside meanwhile: the run stays 'running' and goes back into the queue.
      else if (touched.size === 0) tables.runs.markWaiting(runId);
    });
    this.#storagePauseDelay = firstRetryDelay;
    if (!outcome && touched.size > 0) {
      this.release(runId);
      signals.runnable(flow, runId);
    }
  }

  /** The invocation failed outside the flow's own error handling. */
  #recover(invocation: Invocation, error: unknown, startedAt: number): void {
    try {
      if (invocation.storageProblem) throw invocation.storageProblem;
      if (isPassingStorageError(error)) throw error;
      this.#retryLater(invocation, error, startedAt);
    } catch (problem) {
      // Nothing can be saved now: the run is 'running' in the table and stays in the queue.
      this.#parts.onProblem(toError(problem));
      this.#pauseForStorage();
      this.release(invocation.runId);
      this.enqueue(invocation.flow, invocation.runId);
    }
  }

  #retryLater(invocation: Invocation, error: unknown, startedAt: number): void {
    const { tables, flows, now, signals } = this.#context;
    const { runId, flow } = invocation;
    const failures = tables.runs.get(runId)?.failures ?? 0;
    const wakeAt = now() + Math.min(longestRetryDelay, firstRetryDelay * 2 ** failures);
    tables.database.transaction(() => {
      this.#record(invocation, startedAt, errorObject(error));
      const final = flows.get(flow)?.durable === false || failures + 1 >= maxFailures;
      if (final) this.#parts.lifecycle.end(runId, { state: 'failed', error: errorObject(error) });
      else tables.runs.markRetrying(runId, wakeAt);
    });
    signals.due(wakeAt);
  }

  #record(invocation: Invocation, startedAt: number, error?: ErrorObject): void {
    const { tables, now } = this.#context;
    tables.history.append(invocation.runId, {
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
  #pauseForStorage(): void {
    if (this.#storagePause !== undefined || !this.#accepting) return;
    this.#storagePause = setTimeout(() => {
      this.#storagePause = undefined;
      this.#pump();
    }, this.#storagePauseDelay);
    this.#storagePauseDelay = Math.min(longestStoragePause, this.#storagePauseDelay * 2);
  }
}

function errorObject(error: unknown): ErrorObject {
  const { name, message } = toError(error);
  return { ErrorType: name, ErrorMessage: message };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
