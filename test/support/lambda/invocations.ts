import { randomUUID } from 'node:crypto';
import type { Invocation } from './runtime-api.ts';

export interface InvocationResult {
  /** `exit`: the process ended meanwhile. `timeout`: it was killed since it took too long. */
  status: 'ok' | 'error' | 'exit' | 'timeout';
  /** What the handler returned; else Lambda's `{ errorType, errorMessage, trace? }`. */
  payload: unknown;
  ms: number;
  requestId: string;
}

type Answer = Pick<InvocationResult, 'status' | 'payload'>;

/** The invocations of one process: one at a time, each ended by an answer, its time-out or an end. */
export class Invocations {
  readonly #functionArn: string;
  #waiting = Promise.withResolvers<void>();
  #answer: (answer: Answer) => void = () => {};
  #written = Promise.withResolvers<void>();
  #end: Answer | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(functionArn: string) {
    this.#functionArn = functionArn;
  }

  /** The process wants the next one. */
  ready(): void {
    this.#waiting.resolve();
  }

  answered(answer: Answer): void {
    this.#answer(answer);
  }

  /** All that the process has written before it answered has been read. */
  linesEnded(): void {
    this.#written.resolve();
  }

  /** The process is no more, nor will be. */
  ended(reason: string): void {
    this.#end = {
      status: 'exit',
      payload: { errorType: 'Runtime.ExitError', errorMessage: reason },
    };
    this.#answer(this.#end);
    this.#waiting.resolve();
    this.#written.resolve();
  }

  /** Queues an invocation; `hand` gives it to the process, `kill` ends one that takes too long. */
  run(
    event: unknown,
    limitMs: number,
    { hand, kill }: { hand: (invocation: Invocation) => void; kill: () => void },
  ): Promise<InvocationResult> {
    const turn = this.#last.then(async () => {
      await this.#waiting.promise;
      return this.#runOne({ event, limitMs, hand, kill });
    });
    this.#last = turn;
    return turn;
  }

  async #runOne({
    event,
    hand,
    kill,
    limitMs,
  }: {
    event: unknown;
    limitMs: number;
    hand: (invocation: Invocation) => void;
    kill: () => void;
  }): Promise<InvocationResult> {
    const requestId = randomUUID();
    const begun = performance.now();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#answer = resolve;
    if (this.#end !== undefined) return { ...this.#end, requestId, ms: 0 };

    const timer = setTimeout(() => {
      resolve(timedOut(limitMs));
      kill();
    }, limitMs);
    this.#waiting = Promise.withResolvers();
    this.#written = Promise.withResolvers();
    hand({ requestId, event, deadline: Date.now() + limitMs, functionArn: this.#functionArn });
    const answer = await promise;
    clearTimeout(timer);
    const ms = performance.now() - begun;
    if (answer.status !== 'timeout') await this.#written.promise;
    return { ...answer, requestId, ms };
  }
}

function timedOut(limitMs: number): Answer {
  const seconds = (limitMs / 1000).toFixed(2);
  return {
    status: 'timeout',
    payload: {
      errorType: 'Sandbox.Timedout',
      errorMessage: `Task timed out after ${seconds} seconds`,
    },
  };
}
