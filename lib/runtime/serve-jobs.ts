import { parentPort } from 'node:worker_threads';
import type { LogLevel } from '../domain/run.ts';
import type { Job, JobMessage, JobRequest } from './job-messages.ts';
import type { Logger } from './logging.ts';
import { toPlainError } from './thread-errors.ts';

/** For the module of a job thread: does these jobs, by their names, for whoever has started it. */
export function serveJobs(jobs: Readonly<Record<string, Job<never, unknown>>>): void {
  const work = async ({ id, name, request }: JobRequest<never>): Promise<void> => {
    try {
      const job = jobs[name];
      if (job === undefined) throw new Error(`This thread knows no job "${name}"`);
      send({ kind: 'done', id, result: await job(request, linesOf(id)) });
    } catch (error) {
      send({ kind: 'failed', id, error: toPlainError(error) });
    }
  };
  parentPort?.on('message', (request: JobRequest<never>) => void work(request));
}

function send(message: JobMessage<unknown>): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort?.postMessage(message);
}

/** The log of one job. */
function linesOf(id: number): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      send({ kind: 'line', id, level, message, fields });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
