import { AsyncLocalStorage } from 'node:async_hooks';
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import { messageOf, UpstreamError } from '../domain/errors.ts';
import type { Job, JobMessage, JobRequest } from './job-messages.ts';
import { fromPlainError } from './thread-errors.ts';

/** Short-lived objects abound here; V8's own limit lets the thread hold 100 MB more of them. */
const youngGenerationMegabytes = 32;

/** The thread's memory is freed when nobody has needed it for a while. */
const idleMilliseconds = 20_000;

/**
 * Gives the job that a thread serves under this name. It throws what the job has thrown there, and a
 * retryable UpstreamError when the thread does not start or dies.
 */
export type JobOnThread = <Request, Result>(name: string) => Job<Request, Result>;

/**
 * One thread that does jobs side by side, so that what takes processor time delays nobody else. It starts
 * with the first job, ends when it idles and does not keep the process alive.
 * @param module calls `serveJobs`
 * @param idleFor milliseconds; default 20 s
 */
export function createJobThread(module: URL, idleFor = idleMilliseconds): JobOnThread {
  let thread: JobThread | undefined;
  let lastId = 0;

  return (name) => (request, log) =>
    new Promise((resolve, reject) => {
      if (thread?.hasEnded() !== false) thread = startThread(module, idleFor);
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

function startThread(module: URL, idleFor: number): JobThread {
  const worker = new Worker(module, {
    env: threadEnvironment(),
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMegabytes },
  });
  const asked = new Map<number, AskedJob>();
  let idle: NodeJS.Timeout | undefined;
  let ended = false;

  const end = (cause: unknown): void => {
    ended = true;
    clearTimeout(idle);
    const message = `The thread that does the work has ended: ${messageOf(cause)}`;
    const error = new UpstreamError(message, { service: 'thread', retryable: true, cause });
    for (const { reject } of asked.values()) reject(error);
    asked.clear();
  };
  const rest = (): void => {
    worker.unref();
    idle = setTimeout(() => {
      end('it was idle');
      void worker.terminate();
    }, idleFor).unref();
  };

  worker.on('message', (message: JobMessage<never>) => {
    const job = asked.get(message.id);
    if (message.kind !== 'line') asked.delete(message.id);
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
      asked.set(request.id, job);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
      worker.postMessage(request);
    },
  };
}

/** A thread finds compiled modules only where its environment says; that halves its start. */
function threadEnvironment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: folder };
}
