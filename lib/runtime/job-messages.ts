import type { LogLevel } from '../domain/run.ts';
import type { Logger } from './logging.ts';
import type { PlainError } from './thread-errors.ts';

/** Work that may be done on another thread: request and result are cloned, so they are small. */
export type Job<Request, Result> = (request: Request, log: Logger) => Promise<Result>;

/** To the thread. */
export interface JobRequest<Request> {
  id: number;
  name: string;
  request: Request;
}

/** From the thread: the lines that a job logs, in their order, then its end. */
export type JobMessage<Result> = { id: number } & (
  | { kind: 'line'; level: LogLevel; message: string; fields: Record<string, unknown> }
  | { kind: 'done'; result: Result }
  | { kind: 'failed'; error: PlainError }
);
