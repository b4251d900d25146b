import { setTimeout as pause } from 'node:timers/promises';
import type { InvocationResult } from '../../../support/lambda/lambda-process.ts';

export interface QueuedFunction {
  /** How often it is tried again. */
  retries: number;
  invoke: (event: unknown) => Promise<InvocationResult>;
  /** Takes what failed for good. */
  onFailure: (event: unknown, failure: InvocationResult) => Promise<void>;
}

/** Lambda's queue of asynchronous invocations. */
export interface QueuedInvocations {
  /** Answers at once, as Lambda does with 202. */
  add(target: QueuedFunction, event: unknown): void;
  /** Resolves when nothing is under way, nor waits for another attempt. */
  idle(): Promise<void>;
  /** Takes no further events, and forgets the attempts that are still to come. */
  stop(): void;
}

/**
 * Lambda lets a minute pass after the first attempt, and two after the second.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const lambdaPauseMs = 60_000;

/** @param pausesBy how much of Lambda's pauses remains: 0.001 makes 60 ms of a minute */
export function createQueuedInvocations(pausesBy: number): QueuedInvocations {
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();
  const { signal } = stopped;

  async function run({ invoke, onFailure, retries }: QueuedFunction, event: unknown) {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const result = await invoke(event);
      if (result.status === 'ok' || signal.aborted) return;
      if (attempt === retries) return onFailure(event, result);
      const pauseMs = (attempt + 1) * lambdaPauseMs * pausesBy;
      await pause(pauseMs, undefined, { signal }).catch(() => {});
    }
  }

  return {
    add(target, event) {
      if (signal.aborted) return;
      // A copy: what the caller does with its object afterwards must not be seen.
      const work = run(target, structuredClone(event)).finally(() => underWay.delete(work));
      underWay.add(work);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: () => stopped.abort(),
  };
}
