import type { RequestListener, ServerResponse } from 'node:http';
import { refuse } from './answer.ts';
import type { OperationId } from './operations.ts';

/** How a request fares instead of being answered well. */
export type Fault =
  | { kind: 'answer'; status: number; json?: unknown; headers?: Record<string, string> }
  /** Answers by itself. */
  | { kind: 'listener'; answer: RequestListener }
  /** Nothing ever comes. */
  | { kind: 'hang' }
  /** The connection is reset before an answer. */
  | { kind: 'reset' }
  /** The good answer, as far as its middle. */
  | { kind: 'cut' };

export interface Scripted {
  /** Default: any. */
  operation?: OperationId;
  /** Default: any. */
  method?: string;
  /** Of path and query. Default: any. */
  path?: RegExp;
  /** Asked about each request that matches. Default: true. */
  when?: () => boolean;
  fault: Fault;
  /** How many requests meet it; `Infinity` for all. Default: 1. */
  times?: number;
  /** What was asked for is done all the same, and only the answer is lost. Default: false. */
  done?: boolean;
}

/** What GitHub says when too much is asked at once. @param retryAfter seconds; absent: GitHub does not say */
export function secondaryLimit(retryAfter?: number): Fault {
  const words = 'You have exceeded a secondary rate limit. Please wait a few minutes.';
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return { kind: 'answer', ...refuse(403, words), headers };
}

export interface Faults {
  add: (scripted: Scripted) => void;
  clear: () => void;
  /** The fault that this request meets, used up by it. */
  take(request: {
    operation: OperationId;
    method: string;
    path: string;
  }): { fault: Fault; done: boolean } | undefined;
}

export function createFaults(): Faults {
  const waiting: (Scripted & { left: number })[] = [];
  return {
    add: (scripted) => {
      waiting.push({ ...scripted, left: scripted.times ?? 1 });
    },
    clear: () => void waiting.splice(0),
    take: ({ method, operation, path }) => {
      const found = waiting.find(
        (one) =>
          one.left > 0 &&
          (one.operation ?? operation) === operation &&
          (one.method ?? method) === method &&
          (one.path?.test(path) ?? true) &&
          (one.when?.() ?? true),
      );
      if (found === undefined) return undefined;
      found.left -= 1;
      return { fault: found.fault, done: found.done ?? found.fault.kind === 'cut' };
    },
  };
}

export interface Written {
  headers: Record<string, string>;
  body: string;
}

/** Breaks off after half of an answer whose whole length was announced. */
export function sendHalf(
  response: ServerResponse,
  status: number,
  { body, headers }: Written,
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  response.write(half, () => response.destroy());
}
