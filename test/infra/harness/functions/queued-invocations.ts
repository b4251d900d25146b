import { setTimeout as pause } from 'node:timers/promises';
import type { InvocationResult } from '../../../support/lambda/lambda-process.ts';

export interface QueuedFunction {
  name: string;
  retries: number;
  invoke: (event: unknown) => Promise<InvocationResult>;
  /** Takes what failed for good; undefined where the template has no queue for it. */
  sendToDeadLetters: ((event: unknown, failure: InvocationResult) => Promise<void>) | undefined;
}

/** Lambda's queue of asynchronous invocations. */
export interface QueuedInvocations {
  /** Answers at once, as Lambda does with 202. */
  add(function_: QueuedFunction, event: unknown): void;
  /** Resolves when nothing is under way, nor waits for another attempt. */
  idle(): Promise<void>;
  /** Takes no further events, and forgets the attempts that are still to come. */
  stop(): void;
}

/** Lambda lets a minute pass, then two. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const lambdaPauseMs = 60_000;

/** @param pausesBy how much of Lambda's pauses between attempts remains: 0.001 makes a minute 60 ms */
export function createQueuedInvocations(pausesBy: number): QueuedInvocations {
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();

  async function run(function_: QueuedFunction, event: unknown): Promise<void> {
    for (let attempt = 0; !stopped.signal.aborted; attempt += 1) {
      const result = await function_.invoke(event);
      if (result.status === 'ok' || stopped.signal.aborted) return;
      if (attempt === function_.retries) return function_.sendToDeadLetters?.(event, result);
      await pause((attempt + 1) * lambdaPauseMs * pausesBy, undefined, stopped).catch(() => {});
    }
  }

  return {
    add(function_, event) {
      if (stopped.signal.aborted) return;
      // A copy: what the caller does with its object afterwards must not be seen.
      const work = run(function_, structuredClone(event)).finally(() => underWay.delete(work));
      underWay.add(work);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: () => stopped.abort(),
  };
}
