import { AsyncLocalStorage } from 'node:async_hooks';
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import { messageOf, UpstreamError } from '../domain/errors.ts';
import type { Job, JobMessage, JobRequest } from './job-messages.ts';
import { fromPlainError } from './thread-errors.ts';

/** Short-lived objects abound here; V8's own limit lets the thread hold 100 MB more of them. */
const youngGenerationMegabytes = 32;

export interface JobThreadOptions {
  /** The thread's memory is freed when nobody has needed it for so long, in milliseconds. Default: 20 s. */
  idleFor?: number;
  /**
   * A job that takes longer, in milliseconds, ends the thread and with it all of its jobs: nothing else
   * frees a thread from one that is caught in a loop. Default: 10 minutes, ten times the longest one seen.
   */
  jobLimit?: number;
}

const defaults = { idleFor: 20_000, jobLimit: 600_000 };

/**
 * Gives the job that a thread serves under this name. It throws what the job has thrown there, and a
 * retryable UpstreamError when the thread does not start, dies, or is ended because a job takes too long.
 */
export type JobOnThread = <Request, Result>(name: string) => Job<Request, Result>;

/**
 * One thread that does jobs side by side, so that what takes processor time delays nobody else. It starts
 * with the first job, ends when it idles and does not keep the process alive.
 * @param module calls `serveJobs`
 */
export function createJobThread(module: URL, options: JobThreadOptions = {}): JobOnThread {
  const limits = { ...defaults, ...options };
  let thread: JobThread | undefined;
  let lastId = 0;

  return (name) => (request, log) =>
    new Promise((resolve, reject) => {
      if (thread?.hasEnded() !== false) thread = startThread(module, limits);
      lastId += 1;
      const receive = (message: JobMessage<never>): void => {
        if (message.kind === 'line') log[message.level](message.message, message.fields);
        else if (message.kind === 'done') resolve(message.result);
        else reject(fromPlainError(message.error));
      };
      // The log tells by the asynchronous context which task a line belongs to.
      const asked = { receive: AsyncLocalStorage.bind(receive), reject };
      thread.ask({ id: lastId, name, request }, asked);
    });
}

interface JobThread {
  hasEnded(): boolean;
  ask(request: JobRequest<unknown>, asked: AskedJob): void;
}

interface AskedJob {
  receive: (message: JobMessage<never>) => void;
  reject: (error: Error) => void;
}

function startThread(module: URL, { idleFor, jobLimit }: Required<JobThreadOptions>): JobThread {
  const worker = startWorker(module);
  const asked = new Map<number, AskedJob & { limit: NodeJS.Timeout }>();
  let idle: NodeJS.Timeout | undefined;
  let ended = false;

  const end = (cause: unknown): void => {
    ended = true;
    clearTimeout(idle);
    for (const { limit, reject } of asked.values()) {
      clearTimeout(limit);
      reject(threadEnded(cause));
    }
    asked.clear();
  };
  const endAfter = (milliseconds: number, reason: string): NodeJS.Timeout =>
    setTimeout(() => {
      end(reason);
      void worker.terminate();
    }, milliseconds).unref();
  const rest = (): void => {
    worker.unref();
    idle = endAfter(idleFor, 'it was idle');
  };

  worker.on('message', (message: JobMessage<never>) => {
    const job = asked.get(message.id);
    if (message.kind !== 'line' && asked.delete(message.id)) clearTimeout(job?.limit);
    job?.receive(message);
    if (asked.size === 0) rest();
  });
  worker.once('error', end);
  worker.once('exit', (code) => end(`exit code ${code}`));

  return {
    hasEnded: () => ended,
    ask: (request, job) => {
      clearTimeout(idle);
      worker.ref();
      const limit = endAfter(jobLimit, `a job has taken longer than ${jobLimit / 1_000} s`);
      asked.set(request.id, { ...job, limit });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
      worker.postMessage(request);
    },
  };
}

function startWorker(module: URL): Worker {
  return new Worker(module, {
    env: threadEnvironment(),
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMegabytes },
  });
}

function threadEnded(cause: unknown): UpstreamError {
  const message = `The thread that does the work has ended: ${messageOf(cause)}`;
  return new UpstreamError(message, { service: 'thread', retryable: true, cause });
}

/** A thread finds compiled modules only where its environment says; that halves its start. */
function threadEnvironment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: folder };
}
